// Whole requests to the built engine, in milliseconds and as ratios of one another: `npm run bench`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ExplainRequest } from '../src/protocol/engine';
import { DEMO_MODEL, EXAMPLES, startEngine } from './fixtures/engine';

const RUNS = 15;

const images = readdirSync(EXAMPLES).filter((name) => name.endsWith('.png'));
const request = (image: string, prompts: readonly string[]): ExplainRequest => ({
  model: DEMO_MODEL,
  image: { path: join(EXAMPLES, image) },
  imageName: image,
  prompts,
  method: 'clip-surgery',
});
const words = ['red circle', 'blue square', 'green star'];

async function main(): Promise<void> {
  const cold: number[] = [];
  for (let i = 0; i < 5; i++) {
    const engine = startEngine();
    cold.push(await timed(() => engine.call('explain', request(images[0]!, words))));
    engine.dispose();
  }
  const engine = startEngine();
  await engine.call('explain', request(images[0]!, words));
  const figures: [string, number[]][] = [['first map, from a standing start', cold]];
  const measure = async (name: string, run: (i: number) => Promise<unknown>) => {
    const times: number[] = [];
    for (let i = 0; i < RUNS; i++) times.push(await timed(() => run(i)));
    figures.push([name, times]);
  };
  const size = (i: number) => ({ height: 96 + 8 * (i % RUNS), width: 96 });
  await measure('another image', (i) =>
    engine.call('explain', { ...request(images[i % images.length]!, words), size: size(i) }),
  );
  await measure('a new word', (i) => engine.call('explain', request(images[0]!, [...words, `word ${i}`])));
  await measure('a word seen before', (i) => engine.call('explain', request(images[0]!, [...words, `word ${i}`])));
  engine.dispose();

  const edit = median(figures.at(-1)![1]);
  console.log(`median of ${RUNS} (first map: 5), min and max, and the ratio to "${figures.at(-1)![0]}"`);
  for (const [name, times] of figures) {
    const [mid, low, high] = [median(times), Math.min(...times), Math.max(...times)].map((ms) =>
      ms.toFixed(1).padStart(8),
    );
    console.log(`${mid} ms  [${low}, ${high}]  x${(Number(mid) / edit).toFixed(1).padStart(6)}  ${name}`);
  }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

void main();
