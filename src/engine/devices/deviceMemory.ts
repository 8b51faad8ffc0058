import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { executionKey, isReference, type Execution } from '../../protocol/execution';
import { plainSentence } from './reasons';
import { storedVerdicts } from './storedVerdicts';
import type { Verdict } from './verdict';

/** More models and drivers than anyone has; the oldest entries go first. */
const MOST_ENTRIES = 50;
/** No file of ours gets so large, in bytes. */
const MOST_BYTES = 4 * 2 ** 20;
const SHA256 = /^[0-9a-f]{64}$/;

/** What a proof depends on; with anything of it changed, it proves nothing. */
export interface ProofKey {
  /** The machine's fingerprint: devices and drivers. */
  readonly machine: string;
  /** Version of onnxruntime. */
  readonly runtime: string;
  /** Identity of the model. */
  readonly model: string;
  /** Version of the self-test. */
  readonly selfTest: number;
}

/** By the key's hash; the newest comes last. */
type Known = Map<string, readonly Verdict[]>;

/** Remembers proofs in one file. A file that is damaged is as good as none; one that cannot be written is told once. */
export class DeviceMemory {
  /** What is known where there is no file. */
  private unsaved: Known = new Map();
  private last: Promise<void> = Promise.resolve();

  /**
   * @param file where proofs are kept for other windows and days; left out: they are not
   * @param warn told once when they cannot be kept
   */
  constructor(
    private file?: string,
    private readonly warn: (message: string) => void = () => undefined,
  ) {}

  /** What was proved, and what failed since; empty when nothing is known. */
  async verdicts(key: ProofKey): Promise<readonly Verdict[]> {
    await this.last;
    return (await this.read()).get(nameOf(key)) ?? [];
  }

  /** Whether nothing was ever proved on this machine, whatever its devices are. */
  async isEmpty(): Promise<boolean> {
    await this.last;
    return (await this.read()).size === 0;
  }

  /** Takes the place of what was known of the same executions, failures at work included. */
  remember(key: ProofKey, verdicts: readonly Verdict[]): Promise<void> {
    // One after the other, so that none takes back what another has just written.
    this.last = this.last.then(() => this.write(nameOf(key), verdicts.map(storable)));
    return this.last;
  }

  /**
   * An execution that failed at work is not chosen again until a new proof is remembered. The reference is not marked:
   * nothing could take its place.
   */
  async markFailed(key: ProofKey, execution: Execution, reason: string): Promise<void> {
    if (isReference(execution)) return;
    await this.remember(key, [{ execution, outcome: 'failed', reason }]);
  }

  private async read(): Promise<Known> {
    if (this.file === undefined) return this.unsaved;
    try {
      const file = await stat(this.file);
      if (!file.isFile() || file.size > MOST_BYTES) return new Map();
      return knownFrom(JSON.parse(await readFile(this.file, 'utf8')));
    } catch {
      return new Map();
    }
  }

  private async write(name: string, verdicts: readonly Verdict[]): Promise<void> {
    const entries = new Map(await this.read()); // read again: another window may have written meanwhile
    const byExecution = [...(entries.get(name) ?? []), ...verdicts].map(
      (verdict) => [executionKey(verdict.execution), verdict] as const,
    );
    entries.delete(name); // so that it comes last, as the newest
    entries.set(name, [...new Map(byExecution).values()]);
    const kept = [...entries].slice(-MOST_ENTRIES);
    this.unsaved = new Map(kept);
    if (this.file !== undefined) await this.save(this.file, kept);
  }

  private async save(file: string, entries: readonly (readonly [string, readonly Verdict[]])[]): Promise<void> {
    // A name of its own, then renamed: another window sees all of a file or nothing.
    const draft = `${file}.${randomUUID()}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(draft, JSON.stringify(entries));
      await rename(draft, file);
    } catch (error) {
      this.file = undefined;
      this.warn(`What works on this machine is not kept on disk: ${(error as Error).message}`);
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }
}

function nameOf({ machine, runtime, model, selfTest }: ProofKey): string {
  return createHash('sha256')
    .update(JSON.stringify([machine, runtime, model, selfTest]))
    .digest('hex');
}

/** As it will be read again. */
function storable(verdict: Verdict): Verdict {
  return verdict.reason === undefined ? verdict : { ...verdict, reason: plainSentence(verdict.reason) };
}

/** The entries that are as they must be: anybody may have written the file. */
function knownFrom(value: unknown): Known {
  const known: Known = new Map();
  if (!Array.isArray(value)) return known;
  for (const entry of value.slice(-MOST_ENTRIES) as unknown[]) {
    if (!Array.isArray(entry)) continue;
    const [name, stored] = entry as unknown[];
    const verdicts = storedVerdicts(stored);
    if (typeof name === 'string' && SHA256.test(name) && verdicts) known.set(name, verdicts);
  }
  return known;
}
