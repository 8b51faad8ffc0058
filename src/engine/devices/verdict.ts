import { executionKey, REFERENCE, type Execution, type Precision } from '../../protocol/execution';
import type { MapDifference } from '../../protocol/selfTest';

/**
 * - `works`: right numbers, and faster than the reference (the reference itself: right numbers);
 * - `slow`: right numbers, but the reference is as fast or faster;
 * - `wrong`: numbers that cannot be used;
 * - `failed`: it said why it cannot be used, at the proof or later at work;
 * - `hung`: no answer within its time;
 * - `crashed`: it took its process with it;
 * - `unavailable`: known not to work here before it was tried.
 */
export const OUTCOMES = ['works', 'slow', 'wrong', 'failed', 'hung', 'crashed', 'unavailable'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How an execution did with a model on this machine. */
export interface Verdict {
  readonly execution: Execution;
  readonly outcome: Outcome;
  /** One plain sentence; left out where it works. */
  readonly reason?: string;
  /** Milliseconds that one picture takes after a warm-up; left out where it did not come so far. */
  readonly milliseconds?: number;
  /** int8 only: how its maps differ from those in fp32. */
  readonly maps?: MapDifference;
}

/** How many times as fast it must be to be worth numbers that are not quite the reference's. */
const WORTH: Readonly<Record<Precision, number>> = { fp32: 1, fp16: 1.1, int8: 1.25 };
/** And what int8 must save: nobody sees a few milliseconds, and they are within what a measurement is off by. */
const FEWEST_MS: Readonly<Record<Precision, number>> = { fp32: 0, fp16: 0, int8: 10 };

/**
 * The fastest execution that works, if it is faster by what its precision costs; the reference where no other does;
 * undefined where the reference itself does not: whatever the others answered was compared with nothing.
 * @param among what may be chosen now, e.g. what the user's settings leave; left out: all
 */
export function chosen(verdicts: readonly Verdict[], among?: readonly Execution[]): Execution | undefined {
  const reference = verdictOn(REFERENCE, verdicts);
  if (reference && reference.outcome !== 'works') return undefined;
  const allowed = among && new Set(among.map(executionKey));
  const working = verdicts.filter(
    ({ execution, outcome }) => outcome === 'works' && (allowed?.has(executionKey(execution)) ?? true),
  );
  working.sort((a, b) => costOf(a) - costOf(b));
  return working[0]?.execution ?? REFERENCE;
}

function costOf({ execution, milliseconds = Infinity }: Verdict): number {
  return milliseconds * WORTH[execution.precision] + FEWEST_MS[execution.precision];
}

/** The candidates that no verdict is about. */
export function unproven(candidates: readonly Execution[], verdicts: readonly Verdict[]): Execution[] {
  return candidates.filter((execution) => !verdictOn(execution, verdicts));
}

export function verdictOn(execution: Execution, verdicts: readonly Verdict[]): Verdict | undefined {
  return verdicts.find((verdict) => executionKey(verdict.execution) === executionKey(execution));
}
