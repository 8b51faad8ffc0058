import { mapDifference } from '../../clip/explanation/mapDifference';
import type { ExplainRequest } from '../../protocol/engine';
import type { MapDifference } from '../../protocol/selfTest';
import { REFERENCE, type Execution } from '../../protocol/execution';
import { decodeMap, type Explanation } from '../../protocol/explanation';
import pascalContext from '../../protocol/pascalContext.json';
import type { Model } from '../model';

/** More words make the judgement slower and hardly another one. */
const MOST_WORDS = 24;

interface Compared {
  readonly model: Model;
  /** Paths of picture files. */
  readonly images: readonly string[];
  readonly execution: Execution;
}

/** How the maps of some pictures differ between an execution and the reference, as people would see them. */
export async function compareMaps(
  explain: (request: ExplainRequest) => Promise<Explanation>,
  { model, images, execution }: Compared,
): Promise<MapDifference> {
  const words = (model.config.surgery?.referenceWords ?? pascalContext).slice(0, MOST_WORDS);
  const pairs: [Float32Array, Float32Array][] = [];
  let grid = { rows: 1, cols: 1 };
  for (const path of images) {
    const request = { model: model.folder, image: { path }, imageName: path, prompts: words, method: 'clip-surgery', templates: 'clip-surgery' } as const; // prettier-ignore
    const a = await explain({ ...request, ...execution });
    const b = await explain({ ...request, ...REFERENCE });
    grid = a.grid;
    a.prompts.forEach(({ map }, i) => pairs.push([decodeMap(map, grid), decodeMap(b.prompts[i]!.map, grid)]));
  }
  if (pairs.length === 0) throw new RangeError('there is no picture to compare maps on');
  return mapDifference(pairs, grid);
}
