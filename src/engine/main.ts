/**
 * Entry of the engine's process. One request is worked on at a time, in order; a cancelled one is
 * dropped at once when it waits, and between two pieces when it runs. See EngineArguments for how it is started.
 */
import { join } from 'node:path';
import type { FromEngine, Method, ToEngine } from '../protocol/engine';
import { CheckpointHashes } from './checkpointHashes';
import { Engine, type EngineOptions } from './engine';
import { readArguments } from './engineArguments';
import { toFailure } from './failure';
import { QuantisedModels } from './int8/quantisedModels';
import type { Job } from './job';
import { FeatureCache } from './featureCache';

/** How many of the example pictures show what int8 must leave room for; on the others its maps are judged. */
const CALIBRATION_EXAMPLES = 3;

const { cacheFolder, examples = [], ...session } = readArguments(process.argv.slice(2));
const warn = (message: string) => send({ type: 'log', level: 'warn', message });
const engine = new Engine({ ...session, ...kept(cacheFolder), judged: examples.slice(CALIBRATION_EXAMPLES) });
const waiting = new Map<number, AbortController>();
let last: Promise<void> = Promise.resolve();

/** What is kept in a folder, if there is one. */
function kept(folder: string | undefined): EngineOptions {
  if (folder === undefined) return {};
  const hashes = new CheckpointHashes(join(folder, 'hashes.json'), warn);
  const calibration = examples.slice(0, CALIBRATION_EXAMPLES);
  return {
    features: new FeatureCache(join(folder, 'text-features'), warn),
    hashes,
    quantised: new QuantisedModels({ folder: join(folder, 'int8'), examples: calibration, hashes }),
  };
}

function send(message: FromEngine): void {
  if (process.connected) process.send!(message);
}

async function answer(id: number, method: Method, request: unknown): Promise<void> {
  const { signal } = waiting.get(id)!;
  const job: Job = { signal, stage: (stage) => send({ type: 'stage', id, stage }) };
  try {
    signal.throwIfAborted();
    if (!Object.hasOwn(engine, method)) throw new RangeError(`no request is called ${method}`);
    const handle = engine[method] as (request: unknown, job: Job) => Promise<unknown>;
    const ok = await handle(request, job);
    send({ type: 'answer', id, result: { ok } });
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === 'internal')
      send({ type: 'log', level: 'error', message: String((error as Error).stack ?? error) });
    send({ type: 'answer', id, result: { error: failure } });
  } finally {
    waiting.delete(id);
  }
}

process.on('message', (message: ToEngine) => {
  switch (message.type) {
    case 'request':
      waiting.set(message.id, new AbortController());
      last = last.then(() => answer(message.id, message.method, message.request));
      break;
    case 'cancel':
      waiting.get(message.id)?.abort();
      break;
  }
});
process.on('disconnect', () => process.exit(0));
send({ type: 'ready' });
