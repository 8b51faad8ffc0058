import { availableParallelism } from 'node:os';
import { InferenceSession, type Tensor } from 'onnxruntime-node';
import { ModelError } from '../clip/errors';
import { EngineError } from './failure';

/** How all sessions of a process are made. */
export interface SessionOptions {
  /** Weights stay in the file that the system maps and are not laid out anew for speed: half the memory, slower. */
  readonly lowMemory?: boolean;
  /** Threads of the CPU provider; left out: see {@link usualThreads}. */
  readonly threads?: number;
}

/** All cores but one, which the editor needs; two where there are no more. */
export function usualThreads(cores = availableParallelism()): number {
  return cores <= 2 ? cores : cores - 1;
}

/** A loaded graph. */
export class Session {
  constructor(
    private readonly session: InferenceSession,
    private readonly provider: string,
  ) {}

  /**
   * The values of one output. Blocks the whole process until they are there.
   * @throws EngineError `provider` when the device fails, has no memory left or computes no numbers; ModelError when
   *   the CPU computes none, as with damaged weights.
   */
  async run(inputs: Readonly<Record<string, Tensor>>, output: string): Promise<Float32Array> {
    let answers;
    try {
      answers = await this.session.run(inputs, [output]);
    } catch (error) {
      throw this.provider === 'cpu' ? memoryError(error as Error) : providerError(this.provider, error as Error);
    }
    const values = answers[output]!.data as Float32Array;
    if (values.every(Number.isFinite)) return values;
    if (this.provider !== 'cpu')
      throw providerError(this.provider, new Error('it computes values that are not numbers'));
    throw new ModelError(
      'The model computes values that are not numbers: its checkpoint is damaged.',
      'Download the checkpoint again.',
    );
  }

  release(): void {
    void this.session.release();
  }
}

/**
 * @param folder of the weights: read from there, symlinked caches work and nothing is copied
 * @throws EngineError when the provider does not work here; ModelError when the weights cannot be loaded.
 */
export async function createSession(
  graph: Uint8Array,
  folder: string,
  provider: string,
  { lowMemory = false, threads = usualThreads() }: SessionOptions,
): Promise<Session> {
  const session = {
    model_external_initializers_file_folder_path: folder,
    ...(lowMemory && { disable_prepacking: '1' }),
  };
  try {
    const created = await InferenceSession.create(graph, {
      executionProviders: [provider],
      logSeverityLevel: 3,
      intraOpNumThreads: threads,
      extra: { session },
    });
    return new Session(created, provider);
  } catch (error) {
    if (provider !== 'cpu') throw providerError(provider, error as Error);
    throw new ModelError(`The model cannot be loaded: ${plainReason(error as Error)}.`);
  }
}

function providerError(provider: string, error: Error): EngineError {
  const message = `${provider} does not work on this machine: ${plainReason(error)}.`;
  return new EngineError('provider', message, 'Use the CPU instead.');
}

/** What the CPU fails of, when it does. */
function memoryError(error: Error): Error {
  if (!/bad_alloc|allocat/i.test(error.message)) return error;
  return new EngineError(
    'bad-request',
    'There is not enough memory for a picture of this size.',
    'Choose a smaller one.',
  );
}

/** The runtime's own sentence without the place in its source and the check that failed. */
function plainReason(error: Error): string {
  return error.message.split('\n')[0]!.split(' was false. ').at(-1)!.replace(/\.$/, '');
}
