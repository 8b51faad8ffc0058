import { LRUCache } from 'lru-cache';
import type { Checkpoint } from '../clip/checkpoint/checkpoint';
import { GraphBuilder } from '../clip/graph/graphBuilder';
import { executionKey, type Execution } from '../protocol/execution';
import type { Job } from './job';
import type { Model } from './model';
import { createSession, type Session, type SessionOptions } from './session';

/** Loaded sessions hold the weights: a few are kept, the least used goes first. */
const MOST_SESSIONS = 4;

/** Weights as a graph names them. */
export interface Weights {
  readonly checkpoint: Checkpoint;
  /** The real folder of its files. */
  readonly folder: string;
}

/** Where the weights of a model's int8 graphs are. */
export interface QuantisedWeights {
  /** @throws EngineError for a model that has no int8 form, or where they cannot be written */
  of(model: Model, job: Job): Promise<Weights>;
}

/** What a session is for: with the model and the execution its name says which one it is. */
export interface Purpose {
  readonly name: string;
  /** Writes the bytes of the ONNX model, when the session is not loaded yet. */
  graph(builder: GraphBuilder): Uint8Array;
}

/** Sessions by model, purpose and execution. */
export class Sessions {
  private readonly sessions = new LRUCache<string, Session>({
    max: MOST_SESSIONS,
    dispose: (session) => session.release(),
  });

  /** @param quantised left out: nothing can be run in int8 */
  constructor(
    private readonly options: SessionOptions = {},
    private readonly quantised?: QuantisedWeights,
  ) {}

  /** @throws EngineError when the provider does not work here; ModelError when the weights cannot be loaded. */
  async get(model: Model, execution: Execution, purpose: Purpose, job: Job): Promise<Session> {
    const key = [model.identity, purpose.name, executionKey(execution)].join('|');
    const loaded = this.sessions.get(key);
    if (loaded) return loaded;
    const weights = execution.precision === 'int8' ? await this.integers(model, job) : model.weights;
    const graph = purpose.graph(new GraphBuilder(weights.checkpoint, execution));
    const session = await createSession(graph, weights.folder, execution.provider, this.options);
    this.sessions.set(key, session);
    return session;
  }

  private integers(model: Model, job: Job): Promise<Weights> {
    if (!this.quantised) throw new RangeError('this engine has no quantised weights');
    return this.quantised.of(model, job);
  }
}
