import type { DeviceChoice } from '../../engine/devices/candidates';
import type { EngineFor, ProofProgress } from '../../engine/devices/prover';
import { unproven, type Verdict } from '../../engine/devices/verdict';
import type { Execution } from '../../protocol/execution';
import { failureText } from '../errors';
import { possible } from './decide';
import { executionName } from './deviceWords';
import type { Knowledge } from './knowledge';

export interface ProofsOptions {
  readonly knowledge: Knowledge;
  readonly engineFor: (execution: Execution) => EngineFor | Promise<EngineFor>;
  readonly log: { info(message: string): void; warn(message: string): void };
  /** Something else is tried now, or was found. */
  readonly onChange: () => void;
}

export interface ProofRequest {
  /** Folder of the model. */
  readonly model: string;
  /** What is worth testing. Left out: all. */
  readonly choice?: DeviceChoice;
  /** Whether to test what was tested before. All of it again: what is at work gives way. */
  readonly again?: boolean;
}

/** A proof that is at work. */
export interface RunningProof extends ProofProgress {
  readonly model: string;
}

/** Proofs in the background, one after the other; what they find is remembered as it comes. */
export class Proofs {
  private last: Promise<void> = Promise.resolve();
  private stop = new AbortController();
  private isDisposed = false;
  running?: RunningProof;

  constructor(private readonly options: ProofsOptions) {}

  /** Tests what nothing is known of; never rejects. */
  prove(request: ProofRequest): Promise<void> {
    if (request.again && !request.choice) this.stop.abort();
    this.last = this.last.then(() => this.run(request));
    return this.last;
  }

  dispose(): void {
    this.isDisposed = true;
    this.stop.abort();
  }

  private async run({ model, choice, again = false }: ProofRequest): Promise<void> {
    if (this.isDisposed) return;
    const { signal } = (this.stop = new AbortController());
    const { knowledge, engineFor, log, onChange } = this.options;
    try {
      const known = await knowledge.of(model, { signal });
      const all = possible(known, choice);
      const candidates = again ? all : unproven(all, known.verdicts);
      if (candidates.length === 0) return;
      const { prove } = await import('../../engine/devices/prover');
      let found = 0;
      const keep = async (verdicts: readonly Verdict[]) => {
        const news = verdicts.slice(found);
        found = verdicts.length;
        for (const verdict of news) log.info(lineOf(verdict));
        if (news.length > 0) await knowledge.remember(known, news);
        onChange();
      };
      const onProgress = (progress: ProofProgress) => {
        this.running = { ...progress, model };
        onChange();
        void keep(progress.verdicts);
      };
      const proof = await prove({ model, candidates, engineFor, signal, onProgress });
      await keep(proof.verdicts);
    } catch (error) {
      if (!signal.aborted) log.warn(`devices cannot be tested: ${failureText(error)}`);
    } finally {
      this.running = undefined;
      if (!this.isDisposed) onChange();
    }
  }
}

function lineOf({ execution, outcome, milliseconds, reason }: Verdict): string {
  const time = milliseconds ? `, ${Math.round(milliseconds)} ms a picture` : '';
  const how = execution.provider === 'cpu' ? '' : `, ${execution.attention} attention`;
  return `${executionName(execution)}${how}: ${outcome}${time}${reason === undefined ? '' : `. ${reason}`}`;
}
