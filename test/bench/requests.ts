import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ExplainRequest } from '../../src/protocol/engine';
import { DEMO_MODEL, EXAMPLES, startEngine } from '../fixtures/engine';
import { measured, print } from './measure';

const RUNS = 15;
const COLD_RUNS = 5;

const images = readdirSync(EXAMPLES).filter((name) => name.endsWith('.png'));
const words = ['red circle', 'blue square', 'green star'];
const request = (image: string, prompts: readonly string[]): ExplainRequest => ({
  model: DEMO_MODEL,
  image: { path: join(EXAMPLES, image) },
  imageName: image,
  prompts,
  method: 'clip-surgery',
});

/** Whole requests to the built engine, with the demo model. */
export async function benchRequests(): Promise<void> {
  const cold = await measured('first map, from a standing start', COLD_RUNS, async () => {
    const engine = startEngine();
    await engine.call('explain', request(images[0]!, words));
    engine.dispose();
  });
  const engine = startEngine();
  await engine.call('explain', request(images[0]!, words));
  const size = (i: number) => ({ height: 96 + 8 * (i % RUNS), width: 96 });
  const another = await measured('another image', RUNS, (i) =>
    engine.call('explain', { ...request(images[i % images.length]!, words), size: size(i) }),
  );
  const withWord = (i: number) => engine.call('explain', request(images[0]!, [...words, `word ${i}`]));
  const fresh = await measured('a new word', RUNS, withWord);
  const known = await measured('a word seen before', RUNS, withWord);
  engine.dispose();
  print('Requests to the engine, demo model', [cold, another, fresh, known]);
}
