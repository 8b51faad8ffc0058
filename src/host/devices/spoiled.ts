import { candidates } from '../../engine/devices/candidates';
import { verdictOn, type Verdict } from '../../engine/devices/verdict';
import { executionKey, type Execution } from '../../protocol/execution';
import { isPartOf, type Device, type Known } from './decide';

/** What cannot be used any more. */
export interface Spoiled {
  readonly of: Device;
  readonly reason: string;
  /** Whether it did work before. */
  readonly worked: boolean;
  /** One for each way to use it. */
  readonly failures: readonly Verdict[];
}

/**
 * What the failure of an execution spoils. What worked before fails with its device; what was never tried fails perhaps
 * of its precision only, which not every GPU has.
 */
export function spoiled({ listed, place, verdicts }: Known, execution: Execution, reason: string): Spoiled {
  const { provider, precision } = execution;
  const outcome = verdictOn(execution, verdicts)?.outcome;
  const worked = outcome === 'works' || outcome === 'slow';
  const isAll = provider !== 'cpu' && (worked || precision === 'fp32');
  const of = isAll ? { provider } : { provider, precision };
  const others = candidates(listed, place, of).filter(
    (other) => isPartOf(other, of) && executionKey(other) !== executionKey(execution),
  );
  const failures = [execution, ...others].map((one): Verdict => ({ execution: one, outcome: 'failed', reason }));
  return { of, reason, worked, failures };
}
