import { PRECISIONS, PROVIDERS, type AttentionForm, type Execution } from '../../protocol/execution';
import type { MapDifference } from '../../protocol/selfTest';
import { LONGEST_REASON } from './reasons';
import { OUTCOMES, type Verdict } from './verdict';

/** More executions than there are. */
const MOST_VERDICTS = 40;
const ATTENTION_FORMS: readonly AttentionForm[] = ['fused', 'plain'];
/** Control characters could forge lines where a reason is shown or logged. */
const PLAIN = /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u;

type Fields = Readonly<Record<string, unknown>>;

/** Verdicts from a file that anybody may have written: all of them as they must be, or else undefined. */
export function storedVerdicts(value: unknown): Verdict[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_VERDICTS) return undefined;
  const verdicts = value.map(verdictFrom);
  return verdicts.every((verdict) => verdict !== undefined) ? verdicts : undefined;
}

function verdictFrom(value: unknown): Verdict | undefined {
  if (!isObject(value)) return undefined;
  const { reason, milliseconds } = value;
  const execution = executionFrom(value['execution']);
  const outcome = OUTCOMES.find((name) => name === value['outcome']);
  const maps = value['maps'] === undefined ? undefined : mapsFrom(value['maps']);
  if (!execution || !outcome) return undefined;
  if (reason !== undefined && !isReason(reason)) return undefined;
  if (milliseconds !== undefined && !isBetween(milliseconds, 0, Number.MAX_VALUE)) return undefined;
  if (value['maps'] !== undefined && !maps) return undefined;
  if (outcome === 'works' ? milliseconds === undefined : reason === undefined) return undefined;
  return { execution, outcome, reason, milliseconds, maps };
}

function executionFrom(value: unknown): Execution | undefined {
  if (!isObject(value)) return undefined;
  const provider = PROVIDERS.find((name) => name === value['provider']);
  const precision = PRECISIONS.find((name) => name === value['precision']);
  const attention = ATTENTION_FORMS.find((name) => name === value['attention']);
  return provider && precision && attention && { provider, precision, attention };
}

function mapsFrom(value: unknown): MapDifference | undefined {
  if (!isObject(value)) return undefined;
  const { maps, mean, samePeak } = value;
  const fine = isBetween(maps, 0, Number.MAX_SAFE_INTEGER) && isBetween(mean, 0, 1) && isBetween(samePeak, 0, 1);
  return fine ? { maps, mean, samePeak } : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isReason(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_REASON + 1 && PLAIN.test(value);
}

function isBetween(value: unknown, low: number, high: number): value is number {
  return typeof value === 'number' && value >= low && value <= high;
}
