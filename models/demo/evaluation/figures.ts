import type { EngineClient } from '../../../src/engine/client';
import type { ExplainRequest } from '../../../src/protocol/engine';
import { decodeMap, type Explanation } from '../../../src/protocol/explanation';
import { isInBox, isInside, type HeldOutScene } from './heldOut';

/** A share and how many cases it is of. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

/** All names the model was trained on: eight colours by six shapes. */
const COLOURS = ['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'white', 'black'];
const SHAPES = ['circle', 'square', 'triangle', 'star', 'heart', 'cross'];
export const NAMES = COLOURS.flatMap((colour) => SHAPES.map((shape) => `${colour} ${shape}`));

export type Setting = Pick<
  ExplainRequest,
  'model' | 'method' | 'size' | 'surgeryBlocks' | 'classWeights' | 'precision'
>;

/** Every name explained on one scene. */
export function explainNames(engine: EngineClient, scene: HeldOutScene, setting: Setting): Promise<Explanation> {
  return engine.call('explain', {
    ...setting,
    image: { bytes: scene.picture },
    imageName: 'scene.png',
    prompts: NAMES,
  });
}

/** How many objects hold the maximum of their own map, which is the centre of a patch. */
export interface Pointing {
  /** Within the object's bounding box, as in the pointing game. */
  readonly box: Share;
  /** Within its very outline: stricter than a patch is fine, as between the arms of a star. */
  readonly outline: Share;
}

/** Pointing accuracy over all objects of the scenes. */
export async function pointing(
  engine: EngineClient,
  scenes: readonly HeldOutScene[],
  setting: Setting,
): Promise<Pointing> {
  let [box, outline, of] = [0, 0, 0];
  for (const scene of scenes) {
    const explanation = await explainNames(engine, scene, setting);
    for (const object of scene.objects) {
      const [x, y] = peakOf(explanation, object.name);
      of++;
      if (isInBox(object, x, y)) box++;
      if (isInside(object, x, y)) outline++;
    }
  }
  return { box: { hits: box, of }, outline: { hits: outline, of } };
}

/** Zero-shot accuracy: the share of scenes of one object whose name has the highest score of all names. */
export async function zeroShot(
  engine: EngineClient,
  scenes: readonly HeldOutScene[],
  setting: Setting,
): Promise<Share> {
  const single = scenes.filter(({ objects }) => objects.length === 1);
  let hits = 0;
  for (const scene of single) {
    const { prompts } = await explainNames(engine, scene, setting);
    const best = prompts.reduce((a, b) => (b.score > a.score ? b : a));
    if (best.text === scene.objects[0]!.name) hits++;
  }
  return { hits, of: single.length };
}

/** Centre of the patch with the maximum of a prompt's map, in shares of the picture's sides. */
export function peakOf({ prompts, grid }: Explanation, prompt: string): readonly [x: number, y: number] {
  const map = decodeMap(prompts.find(({ text }) => text === prompt)!.map, grid);
  const peak = map.indexOf(Math.max(...map));
  return [((peak % grid.cols) + 0.5) / grid.cols, (Math.floor(peak / grid.cols) + 0.5) / grid.rows];
}
