import * as vscode from 'vscode';
import type { DownloadProgress } from '../../models/progress';

/** A number of bytes as shops of disks count them, e.g. `603 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1e6) return vscode.l10n.t('{0} kB', Math.ceil(bytes / 1e3));
  if (bytes < 1e9) return vscode.l10n.t('{0} MB', (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0));
  return vscode.l10n.t('{0} GB', (bytes / 1e9).toFixed(2));
}

/** How far it is, e.g. `80 MB of 603 MB · 5.2 MB/s · 2 min left`. */
export function progressText({ done, total, bytesPerSecond, secondsLeft }: DownloadProgress): string {
  const { t } = vscode.l10n;
  const parts = [t('{0} of {1}', sizeText(done), sizeText(total))];
  if (bytesPerSecond !== undefined) parts.push(t('{0}/s', sizeText(bytesPerSecond)));
  if (secondsLeft !== undefined) parts.push(timeLeft(secondsLeft));
  return parts.join(' · ');
}

function timeLeft(seconds: number): string {
  const { t } = vscode.l10n;
  if (seconds < 60) return t('{0} s left', Math.ceil(seconds));
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return t('{0} min left', minutes);
  return t('{0} h {1} min left', Math.floor(minutes / 60), minutes % 60);
}
