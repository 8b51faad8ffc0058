// The figures of the model card, measured with the product's own engine:
//   python3 models/demo/training/held_out.py --sheets 5 --folder models/demo/training/held-out
//   npx tsx models/demo/evaluation/evaluate.ts models/demo/training/held-out
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { EngineClient } from '../../../src/engine/client';
import { pointing, zeroShot, type Setting, type Share } from './figures';
import { readSheet } from './heldOut';

async function main(folder: string): Promise<void> {
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.json')).length;
  const scenes = (await Promise.all(Array.from({ length: sheets }, (_, i) => readSheet(folder, i)))).flat();
  const model = resolve(__dirname, '..');
  const engine = new EngineClient({ entry: resolve(__dirname, '../../../dist/engine.js') });
  try {
    const info = await engine.call('describe', { model });
    const native = { height: info.nativeSize, width: info.nativeSize };
    const settings: [string, Setting][] = [
      ['CLIP Surgery', { model, method: 'clip-surgery' }],
      ['CLIP Surgery, class weights 1', { model, method: 'clip-surgery', classWeights: 'uniform' }],
      ['CLIP Surgery, 6 blocks', { model, method: 'clip-surgery', surgeryBlocks: 6 }],
      ['CLIP Surgery, 8 blocks', { model, method: 'clip-surgery', surgeryBlocks: 8 }],
      ['CLIP Surgery, native size', { model, method: 'clip-surgery', size: native }],
      ['raw CLIP', { model, method: 'raw' }],
      ['raw CLIP, native size', { model, method: 'raw', size: native }],
    ];
    console.log(`${scenes.length} scenes`);
    for (const [name, setting] of settings) {
      const { box, outline } = await pointing(engine, scenes, setting);
      console.log(`pointing  box ${percent(box)}  outline ${percent(outline)}  ${name}`);
    }
    for (const [name, size] of [
      ['explain size', undefined],
      ['native size', native],
    ] as const) {
      console.log(
        `zero-shot ${percent(await zeroShot(engine, scenes, { model, method: 'raw', size }))}  48 names, ${name}`,
      );
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
  const show = (share: number) => (100 * share).toFixed(1);
  return `${show(p)} % [${show(centre - half)}, ${show(centre + half)}] (${hits} of ${of})`;
}

void main(process.argv[2] ?? '');
