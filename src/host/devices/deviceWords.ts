import * as vscode from 'vscode';
import type { Verdict } from '../../engine/devices/verdict';
import { isReference, providerName, type Execution } from '../../protocol/execution';
import type { MapDifference } from '../../protocol/selfTest';

/** As short as the status bar: `WebGPU`, `CPU int8`. */
export function shortName({ provider, precision }: Pick<Execution, 'provider' | 'precision'>): string {
  return precision === 'int8' ? `${providerName(provider)} ${precision}` : providerName(provider);
}

/** With both parts, as in a list: `WebGPU · fp16`. */
export function shortOf({ provider, precision }: Pick<Execution, 'provider' | 'precision'>): string {
  return `${providerName(provider)} · ${precision}`;
}

/** `WebGPU fp16`; only `WebGPU` where the precision is open. */
export function executionName({ provider, precision }: Pick<Execution, 'provider'> & Partial<Execution>): string {
  return [providerName(provider), precision].filter((part) => part !== undefined).join(' ');
}

/** Who takes the place of what does not work. */
export function takesOver(execution: Execution): string {
  const { t } = vscode.l10n;
  return isReference(execution) ? t('The CPU goes on.') : t('{0} goes on.', executionName(execution));
}

/** What computes there, and how exactly, in one sentence. */
export function whatItIs({ provider, precision }: Execution): string {
  const { t } = vscode.l10n;
  if (precision === 'int8') return t('Linear layers in 8 bits; whether that is exact enough depends on the model.');
  switch (provider) {
    case 'cpu':
      return t('Works everywhere; what all others are compared with.');
    case 'webgpu':
      return t('The GPU, without installing anything; {0}.', precisionText(precision));
    case 'cuda':
      return t('NVIDIA’s GPUs, with libraries of your own; {0}.', precisionText(precision));
    case 'dml':
      return t('The GPU, by DirectX 12; {0}.', precisionText(precision));
    case 'coreml':
      return t('Apple’s GPU and Neural Engine; {0}.', precisionText(precision));
    default:
      return precisionText(precision);
  }
}

function precisionText(precision: Execution['precision']): string {
  const { t } = vscode.l10n;
  return precision === 'fp16' ? t('matrix products in half precision') : t('single precision');
}

/** `Maps differ by 0.004 on average; the maximum stays in 98 % of 120.` */
export function differenceText({ mean, samePeak, maps }: MapDifference): string {
  const share = Math.floor(100 * samePeak); // 100 % means all of them
  return vscode.l10n.t(
    'Maps differ by {0} on average; the maximum stays in {1} % of {2}.',
    mean.toFixed(3),
    share,
    maps,
  );
}

/** `38 ms a picture` */
export function timeText(milliseconds: number): string {
  const rounded = milliseconds < 10 ? milliseconds.toPrecision(2) : milliseconds.toFixed(0);
  return vscode.l10n.t('{0} ms a picture', rounded);
}

/** `4.1× the CPU`: how often it is done while the reference is done once. */
export function speedText(milliseconds: number, reference: number): string {
  const times = reference / milliseconds;
  return vscode.l10n.t('{0}× the CPU', times < 0.1 ? times.toPrecision(1) : times.toFixed(times < 10 ? 1 : 0));
}

/** How it went, in few words; undefined where it works. */
export function outcomeText(outcome: Verdict['outcome']): string | undefined {
  const { t } = vscode.l10n;
  switch (outcome) {
    case 'works':
      return undefined;
    case 'slow':
      return t('no faster than CPU fp32');
    case 'wrong':
      return t('not exact enough');
    case 'failed':
    case 'hung':
    case 'crashed':
      return t('does not work here');
    case 'unavailable':
      return t('not set up');
  }
}
