import { upsample } from '../../../src/heatmap/upsample';
import type { EngineClient } from '../../../src/engine/client';
import type { ExplainRequest } from '../../../src/protocol/engine';
import { decodeMap, type Explanation } from '../../../src/protocol/explanation';
import { isInBox, maskOf, type HeldOutScene, type Sheet } from './heldOut';

/** A share and how many cases it is of. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

export type Setting = Pick<
  ExplainRequest,
  'model' | 'method' | 'size' | 'surgeryBlocks' | 'classWeights' | 'precision'
>;

/** Explains words on one scene. */
export function explainWords(
  engine: EngineClient,
  { picture }: HeldOutScene,
  prompts: readonly string[],
  setting: Setting,
): Promise<Explanation> {
  return engine.call('explain', { ...setting, image: { bytes: picture }, imageName: 'scene.png', prompts });
}

/** How well the maps of the things in the scenes are on them; every name of the sheet is a prompt. */
export interface Maps {
  /** Whether the maximum of the map, the centre of a patch, is within the thing's bounding box, as in the pointing game. */
  readonly box: Share;
  /** Whether it is on a pixel of the thing: stricter than a patch is fine, as between the spokes of a wheel. */
  readonly outline: Share;
  /** Per thing: intersection over union of its pixels and the upsampled map's above the middle of its range. */
  readonly overlaps: readonly number[];
}

export async function mapFigures(engine: EngineClient, { names, scenes }: Sheet, setting: Setting): Promise<Maps> {
  let [box, outline] = [0, 0];
  const overlaps: number[] = [];
  for (const scene of scenes) {
    const explanation = await explainWords(engine, scene, names, setting);
    for (const name of new Set(scene.things)) {
      const mask = maskOf(scene, name);
      const [x, y] = peakOf(explanation, name);
      if (isInBox(scene, name, x, y)) box++;
      if (mask[Math.floor(y * scene.side) * scene.side + Math.floor(x * scene.side)]) outline++;
      overlaps.push(overlap(explanation, name, mask, scene.side));
    }
  }
  const of = overlaps.length;
  return { box: { hits: box, of }, outline: { hits: outline, of }, overlaps };
}

/** Zero-shot accuracy: the share of scenes of one thing whose name has the highest score of all names. */
export async function zeroShot(engine: EngineClient, { names, scenes }: Sheet, setting: Setting): Promise<Share> {
  const single = scenes.filter(({ things }) => things.length === 1);
  let hits = 0;
  for (const scene of single) {
    const { prompts } = await explainWords(engine, scene, names, setting);
    const best = prompts.reduce((a, b) => (b.score > a.score ? b : a));
    if (best.text === scene.things[0]) hits++;
  }
  return { hits, of: single.length };
}

/** Centre of the patch with the maximum of a prompt's map, in shares of the picture's sides. */
export function peakOf(explanation: Explanation, prompt: string): readonly [x: number, y: number] {
  const { grid } = explanation;
  const map = mapOf(explanation, prompt);
  const peak = map.indexOf(Math.max(...map));
  return [((peak % grid.cols) + 0.5) / grid.cols, (Math.floor(peak / grid.cols) + 0.5) / grid.rows];
}

function mapOf({ prompts, grid }: Explanation, prompt: string): Float32Array {
  return decodeMap(prompts.find(({ text }) => text === prompt)!.map, grid);
}

function overlap(explanation: Explanation, prompt: string, mask: Uint8Array, side: number): number {
  const map = upsample(mapOf(explanation, prompt), explanation.grid, side, side);
  let [low, high] = [Infinity, -Infinity];
  for (const value of map) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const middle = (low + high) / 2;
  let [both, either] = [0, 0];
  map.forEach((value, i) => {
    const [shown, there] = [value > middle, mask[i] === 1];
    if (shown && there) both++;
    if (shown || there) either++;
  });
  return both / either;
}
