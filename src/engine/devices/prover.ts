import { isReference, REFERENCE, type Execution } from '../../protocol/execution';
import type { EngineClientOptions } from '../client';
import { tryExecution } from './trial';
import { chosen, type Verdict } from './verdict';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How the process for an execution is started, or why it need not be: one plain sentence. */
export type EngineFor = EngineClientOptions | { readonly unavailable: string };

export interface ProofOptions {
  /** Folder of the model. */
  readonly model: string;
  /** Tried in this order; the reference comes first in any case. */
  readonly candidates: readonly Execution[];
  readonly engineFor: (execution: Execution) => EngineFor | Promise<EngineFor>;
  /** Milliseconds that a candidate may take, start and loading included; left out: `deadlineOf`. */
  readonly deadlineMs?: (execution: Execution) => number;
  /** Ends the process that is at work. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ProofProgress) => void;
}

export interface ProofProgress {
  /** What is tried now. */
  readonly trying: Execution;
  /** On those before it. */
  readonly verdicts: readonly Verdict[];
  /** How many there are in all. */
  readonly total: number;
}

export interface Proof {
  /** One for each candidate, the reference's first; where that does not work it is the only one. */
  readonly verdicts: readonly Verdict[];
  /** The fastest that works; undefined where the reference does not: its verdict says why. */
  readonly chosen?: Execution;
}

/** The CPU gets long: it is slow with large models, and int8 quantises the weights first. */
export function deadlineOf({ provider }: Execution): number {
  return provider === 'cpu' ? 10 * MINUTE : MINUTE;
}

/**
 * Proves which executions work with a model on this machine and are faster than the reference: one after the other,
 * each in a process of its own, since a provider that failed can spoil what its process does next.
 * @throws EngineError `cancelled` when the signal is aborted
 */
export async function prove(options: ProofOptions): Promise<Proof> {
  const { candidates, onProgress } = options;
  const others = candidates.filter((execution) => !isReference(execution));
  const verdicts: Verdict[] = [];
  /** By provider: the verdict that holds for whatever else would be tried on it. */
  const useless = new Map<string, Verdict>();
  let reference = NaN;
  for (const execution of [REFERENCE, ...others]) {
    const same = useless.get(execution.provider);
    if (same) {
      verdicts.push({ ...same, execution });
      continue;
    }
    onProgress?.({ trying: execution, verdicts: [...verdicts], total: 1 + others.length });
    const { verdict, providerFailed } = await trial(execution, options);
    if (execution === REFERENCE) {
      verdicts.push(verdict);
      if (verdict.outcome !== 'works') break;
      reference = verdict.milliseconds ?? NaN;
      continue;
    }
    verdicts.push(compared(verdict, reference));
    if (providerFailed) useless.set(execution.provider, verdict);
  }
  return { verdicts, chosen: chosen(verdicts) };
}

async function trial(execution: Execution, { model, engineFor, deadlineMs = deadlineOf, signal }: ProofOptions) {
  const engine = await engineFor(execution);
  if ('unavailable' in engine) {
    const verdict: Verdict = { execution, outcome: 'unavailable', reason: engine.unavailable };
    return { verdict, providerFailed: false };
  }
  return tryExecution(execution, { model, engine, deadlineMs: deadlineMs(execution), signal });
}

/** The verdict once it is known how many milliseconds the reference takes. */
function compared(verdict: Verdict, reference: number): Verdict {
  const { outcome, milliseconds = NaN } = verdict;
  if (outcome !== 'works' || milliseconds < reference) return verdict;
  const reason = `A picture takes ${rounded(milliseconds)} ms, and ${rounded(reference)} ms on the CPU in fp32.`;
  return { ...verdict, outcome: 'slow', reason };
}

function rounded(milliseconds: number): number {
  return Number(milliseconds.toPrecision(3));
}
