import { t } from '@vscode/l10n';

/** Longest base of a file name, and longest prompt in it, in characters: file systems take 255 bytes. */
const LONGEST = 60;

/** A file name for the composed picture, e.g. "harbour - red circle.png". */
export function figureName(picture: string, prompt: string | undefined): string {
  const base = picture.replace(/\.[^.]*$/, '');
  return `${inFileName(base)} - ${inFileName(prompt ?? t('maps'))}.png`;
}

/** Without what Windows refuses, which is the strictest of all. */
function inFileName(text: string): string {
  const kept = text.replace(/[<>:"/\\|?*\p{Cc}]+/gu, '_').slice(0, LONGEST);
  return kept.trim().replace(/\.+$/, '') || '_';
}
