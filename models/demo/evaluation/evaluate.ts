// The figures of the model card, measured with the product's own engine:
//   python3 models/demo/training/held_out.py --scenes 500 --folder models/demo/training/held-out
//   npx tsx models/demo/evaluation/evaluate.ts models/demo/training/held-out [--settings]
import { resolve } from 'node:path';
import { EngineClient } from '../../../src/engine/client';
import { mapFigures, zeroShot, type Setting, type Share } from './figures';
import { readSheet } from './heldOut';

const METHODS = ['clip-surgery', 'architecture-surgery', 'feature-surgery', 'raw'] as const;
const model = resolve(__dirname, '..');
const square = (side: number) => ({ width: side, height: side });

/** Other ways to run CLIP Surgery than by the explain size and the blocks of the model: what these were chosen from. */
const OTHER: Record<string, Partial<Setting>> = {
  'class weights 1': { classWeights: 'uniform' },
  '5 blocks': { surgeryBlocks: 5 },
  '6 blocks': { surgeryBlocks: 6 },
  '8 blocks': { surgeryBlocks: 8 },
  '96 px': { size: square(96) },
  '192 px': { size: square(192) },
  '256 px': { size: square(256) },
};

async function main(folder: string, withOther: boolean): Promise<void> {
  const engine = new EngineClient({ entry: resolve(__dirname, '../../../dist/engine.js') });
  try {
    const { nativeSize } = await engine.call('describe', { model });
    const settings: Record<string, Setting> = Object.fromEntries(METHODS.map((method) => [method, { model, method }]));
    if (withOther)
      for (const [name, other] of Object.entries(OTHER)) settings[name] = { model, method: 'clip-surgery', ...other };
    for (const style of ['seen', 'unseen'] as const) {
      const sheet = await readSheet(folder, style);
      console.log(
        `\n| ${style}, ${sheet.scenes.length} scenes | pointing, box | pointing, outline | mIoU |\n|---|---|---|---|`,
      );
      for (const [name, setting] of Object.entries(settings)) {
        const { box, outline, overlaps } = await mapFigures(engine, sheet, setting);
        console.log(`| ${name} | ${percent(box)} | ${percent(outline)} | ${mean(overlaps)} |`);
      }
      for (const size of [undefined, square(nativeSize)]) {
        const share = await zeroShot(engine, sheet, { model, method: 'raw', size });
        console.log(`zero-shot of ${sheet.names.length} names, ${size ? 'native' : 'explain'} size: ${percent(share)} (${share.hits} of ${share.of})`); // prettier-ignore
      }
    }
  } finally {
    engine.dispose();
  }
}

/** With the 95 % interval of Wilson. */
function percent({ hits, of }: Share): string {
  const z = 1.96;
  const p = hits / of;
  const centre = (p + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z * Math.sqrt((p * (1 - p)) / of + z ** 2 / (4 * of ** 2))) / (1 + z ** 2 / of);
  return interval(p, centre - half, centre + half);
}

/** With the 95 % interval of the normal distribution. */
function mean(values: readonly number[]): string {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (values.length - 1);
  const half = 1.96 * Math.sqrt(variance / values.length);
  return interval(average, average - half, average + half);
}

function interval(...shares: [at: number, low: number, high: number]): string {
  const [at, low, high] = shares.map((share) => (100 * share).toFixed(1));
  return `${at} % [${low}, ${high}]`;
}

void main(process.argv[2] ?? '', process.argv.includes('--settings'));
