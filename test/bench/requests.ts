import { basename } from 'node:path';
import type { ExplainRequest, ExplainSize } from '../../src/protocol/engine';
import { DEMO_MODEL, startEngine } from '../fixtures/engine';
import { inTurn, timed } from './measure';
import { pictures, type Bench } from './setup';

const words = ['dog', 'bicycle', 'tree'];
const request = (image: string, prompts: readonly string[], size?: ExplainSize): ExplainRequest => ({
  model: DEMO_MODEL,
  image: { path: image },
  imageName: basename(image),
  prompts,
  method: 'clip-surgery',
  size,
});

/** Whole requests with the demo model. */
export async function benchRequests({ rounds, report }: Bench): Promise<void> {
  const [first] = pictures as [string];
  const engine = startEngine();
  await engine.call('explain', request(first, words));
  const withWord = (round: number) => timed(() => engine.call('explain', request(first, [...words, `word ${round}`])));
  const another = (round: number) => {
    const size = { height: 96 + 8 * round, width: 96 };
    return timed(() => engine.call('explain', request(pictures[round % pictures.length]!, words, size)));
  };
  const figures = await inTurn(rounds, [
    { name: 'first map, from a standing start', goal: { atMost: 1500 }, run: coldStart },
    { name: 'another image', run: another },
    { name: 'a new word', run: withWord },
    { name: 'a word seen before', run: withWord },
  ]);
  engine.dispose();
  report.add({ title: 'Requests to the engine, demo model', figures });
}

/** Starts the process, loads the model, encodes a picture and 48 words. */
async function coldStart(): Promise<number> {
  const engine = startEngine();
  try {
    return await timed(() => engine.call('explain', request(pictures[0]!, words)));
  } finally {
    engine.dispose();
  }
}
