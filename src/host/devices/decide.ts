import { candidates, unavailableChoice, type DeviceChoice, type Place } from '../../engine/devices/candidates';
import { chosen, verdictOn, type Verdict } from '../../engine/devices/verdict';
import { isReference, REFERENCE, type Execution } from '../../protocol/execution';

/** What is known of a machine and a model when something has to be computed. */
export interface Known {
  /** Providers that onnxruntime lists. */
  readonly listed: readonly string[];
  readonly place: Place;
  readonly verdicts: readonly Verdict[];
  /** Why nothing can be tried on a provider, in one sentence. */
  readonly unavailable: ReadonlyMap<string, string>;
}

/** A device, or one way to use it. */
export type Device = Pick<Execution, 'provider'> & Partial<Pick<Execution, 'precision'>>;

/** What computes, and why it is not what the settings name. */
export interface Decision {
  readonly execution: Execution;
  /** What does not work here, and why in one sentence. */
  readonly instead?: { readonly of: Device; readonly reason: string };
}

/** What may be tried of what the settings leave; the reference is always there, first. */
export function possible({ listed, place, unavailable }: Known, choice: DeviceChoice = {}): Execution[] {
  return candidates(listed, place, choice).filter(({ provider }) => !unavailable.has(provider));
}

/**
 * What the settings name is used as asked, also before anything is proven of it; what is left to us is the best that
 * was proven, and until then the reference.
 */
export function decide(known: Known, choice: DeviceChoice): Decision {
  const asked = deviceOf(choice);
  if (!asked) return { execution: chosen(known.verdicts, possible(known, choice)) ?? REFERENCE };
  const { provider, precision } = asked;
  /** In fp32 perhaps that device does work. */
  const nearest = () =>
    precision === undefined || precision === 'fp32'
      ? REFERENCE
      : decide(known, { provider, precision: 'fp32' }).execution;
  const missing = known.unavailable.get(provider);
  if (missing !== undefined) return { execution: REFERENCE, instead: { of: { provider }, reason: missing } };
  const impossible = unavailableChoice(known.listed, known.place, asked);
  if (impossible !== undefined) return { execution: nearest(), instead: { of: asked, reason: impossible } };
  const wanted = possible(known, asked).filter((execution) => isPartOf(execution, asked));
  const execution = best(wanted, known.verdicts, asked);
  if (execution) return { execution };
  const [safest] = wanted.sort(bySafety);
  const reason = verdictOn(safest!, known.verdicts)?.reason ?? '';
  return { execution: nearest(), instead: { of: asked, reason } };
}

/** Whether it is the device, or that way to use it. */
export function isPartOf(execution: Execution, { provider, precision }: Device): boolean {
  return execution.provider === provider && (precision === undefined || execution.precision === precision);
}

/** The device that the settings name; int8 is computed in one place. */
function deviceOf({ provider, precision }: DeviceChoice): Device | undefined {
  const named = precision === 'auto' ? undefined : precision;
  if (provider !== undefined && provider !== 'auto') return { provider, precision: named };
  return named === 'int8' ? { provider: 'cpu', precision: named } : undefined;
}

/** The best of what is wanted, as far as it is known; undefined where none of it works. */
function best(wanted: readonly Execution[], verdicts: readonly Verdict[], asked: Device): Execution | undefined {
  const among = wanted.flatMap((execution) => verdictOn(execution, verdicts) ?? []);
  const having = (outcome: Verdict['outcome']) => among.filter((verdict) => verdict.outcome === outcome);
  if (having('works').length > 0) {
    const fastest = chosen(verdicts, wanted);
    if (fastest && isPartOf(fastest, asked)) return fastest;
  }
  const [slow] = having('slow').sort((a, b) => (a.milliseconds ?? Infinity) - (b.milliseconds ?? Infinity));
  if (slow) return slow.execution;
  const [untested] = wanted.filter((one) => isSafe(one) && !verdictOn(one, verdicts)).sort(bySafety);
  // Whoever names int8 may want it although its maps differ: it is less exact, not broken.
  const inexact = asked.precision === 'int8' ? having('wrong')[0]?.execution : undefined;
  return untested ?? inexact ?? wanted.find(isReference);
}

/** Fused attention is wrong with some drivers: on a GPU it is not used before it was tested. */
function isSafe({ provider, attention }: Execution): boolean {
  return provider === 'cpu' || attention === 'plain';
}

function bySafety(a: Execution, b: Execution): number {
  return riskOf(a) - riskOf(b);
}

function riskOf(execution: Execution): number {
  return (execution.precision === 'fp32' ? 0 : 2) + (isSafe(execution) ? 0 : 1);
}
