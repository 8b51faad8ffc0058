import { LRUCache } from 'lru-cache';
import { InferenceSession } from 'onnxruntime-node';
import { ModelError } from '../clip/errors';
import { EngineError } from './failure';
import type { Model } from './model';

/** Loaded sessions hold the weights: a few are kept, the least used goes first. */
const MOST_SESSIONS = 4;

/** Sessions by model, graph and provider. */
export class Sessions {
  private readonly sessions = new LRUCache<string, InferenceSession>({
    max: MOST_SESSIONS,
    dispose: (session) => void session.release(),
  });

  /**
   * @param kind what the graph computes; with the model and the provider it names the session
   * @param graph builds the ONNX bytes, called when the session is not loaded yet
   * @throws EngineError when the provider does not work here; ModelError when the weights cannot be loaded.
   */
  async get(model: Model, kind: string, provider: string, graph: () => Uint8Array): Promise<InferenceSession> {
    const key = [model.identity, kind, provider].join('|');
    const loaded = this.sessions.get(key);
    if (loaded) return loaded;
    const session = await create(graph(), model.checkpointFolder, provider);
    this.sessions.set(key, session);
    return session;
  }
}

async function create(bytes: Uint8Array, folder: string, provider: string): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: [provider],
      logSeverityLevel: 3,
      // Weights are read from the real checkpoint's folder, so symlinked caches work and nothing is copied.
      extra: { session: { model_external_initializers_file_folder_path: folder } },
    });
  } catch (error) {
    const reason = plainReason(error as Error);
    if (provider !== 'cpu') {
      throw new EngineError(
        'provider',
        `${provider} does not work on this machine: ${reason}.`,
        'Use the CPU instead.',
      );
    }
    throw new ModelError(`The model cannot be loaded: ${reason}.`);
  }
}

/** The runtime's own sentence without the place in its source and the check that failed. */
function plainReason(error: Error): string {
  return error.message.split('\n')[0]!.split(' was false. ').at(-1)!.replace(/\.$/, '');
}
