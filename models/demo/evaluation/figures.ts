import type { EngineClient } from '../../../src/engine/client';
import type { ExplainRequest } from '../../../src/protocol/engine';
import { decodeMap, type Explanation } from '../../../src/protocol/explanation';
import { isInside, type DrawnObject, type HeldOutScene } from './heldOut';

/** A share and how many cases it is of. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

/** All names the model was trained on: eight colours by six shapes. */
const COLOURS = ['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'white', 'black'];
const SHAPES = ['circle', 'square', 'triangle', 'star', 'heart', 'cross'];
export const NAMES = COLOURS.flatMap((colour) => SHAPES.map((shape) => `${colour} ${shape}`));

export type Setting = Pick<ExplainRequest, 'model' | 'method' | 'size' | 'surgeryBlocks' | 'classWeights'>;

/** Every name explained on one scene. */
export function explainNames(engine: EngineClient, scene: HeldOutScene, setting: Setting): Promise<Explanation> {
  return engine.call('explain', { ...setting, image: { bytes: scene.picture }, imageName: 'scene.png', prompts: NAMES });
}

/** Pointing accuracy: the share of objects that hold the maximum of their own map. */
export async function pointing(engine: EngineClient, scenes: readonly HeldOutScene[], setting: Setting): Promise<Share> {
  let [hits, of] = [0, 0];
  for (const scene of scenes) {
    const explanation = await explainNames(engine, scene, setting);
    of += scene.objects.length;
    hits += scene.objects.filter((object) => pointsAt(explanation, object)).length;
  }
  return { hits, of };
}

/** Zero-shot accuracy: the share of scenes of one object whose name has the highest score of all names. */
export async function zeroShot(engine: EngineClient, scenes: readonly HeldOutScene[], setting: Setting): Promise<Share> {
  const single = scenes.filter(({ objects }) => objects.length === 1);
  let hits = 0;
  for (const scene of single) {
    const { prompts } = await explainNames(engine, scene, setting);
    const best = prompts.reduce((a, b) => (b.score > a.score ? b : a));
    if (best.text === scene.objects[0]!.name) hits++;
  }
  return { hits, of: single.length };
}

/** Whether the patch with the map's maximum has its centre on the object. */
export function pointsAt({ prompts, grid }: Explanation, object: DrawnObject): boolean {
  const map = decodeMap(prompts.find(({ text }) => text === object.name)!.map, grid);
  const peak = map.indexOf(Math.max(...map));
  return isInside(object, ((peak % grid.cols) + 0.5) / grid.cols, (Math.floor(peak / grid.cols) + 0.5) / grid.rows);
}
