import type { RgbImage } from '../clip/preprocess/resize';
import { colorTable } from '../heatmap/colorMap';
import { blend } from '../heatmap/overlay';
import { normalise, range } from '../heatmap/scale';
import { upsample } from '../heatmap/upsample';
import { decodeMap, type Explanation, type PromptMap } from '../protocol/explanation';
import { EngineError } from './failure';
import { encodePng } from './imageReader';

const OPACITY = 0.6; // the published figures lay the map over the picture at 0.6 to 0.4

/** PNG bytes of the picture in its own size with one prompt's map over it. */
export async function overlay(picture: RgbImage, { prompts, grid }: Explanation, prompt: number): Promise<Uint8Array> {
  const shown = prompts[prompt];
  if (!shown) throw new EngineError('bad-request', `The explanation has no prompt ${prompt}.`);
  return encodePng(overlaid(picture, shown, grid), picture.width, picture.height);
}

/**
 * RGBA of the picture with a map over it: min-max, bilinear, viridis.
 * @param threshold heights below it leave the picture as it is, 0..1
 * @throws EngineError when the map does not fit its grid.
 */
export function overlaid(
  { width, height, data }: RgbImage,
  { map: encoded }: Pick<PromptMap, 'map'>,
  grid: Explanation['grid'],
  threshold = 0,
): Uint8ClampedArray {
  const map = decoded(encoded, grid);
  const heat = upsample(normalise(map, range(map)), grid, width, height);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0, p = 0; i < data.length; i += 3, p += 4) {
    rgba[p] = data[i]!;
    rgba[p + 1] = data[i + 1]!;
    rgba[p + 2] = data[i + 2]!;
    rgba[p + 3] = 255;
  }
  blend(rgba, heat, colorTable('viridis'), OPACITY, threshold);
  return rgba;
}

function decoded(map: string, grid: Explanation['grid']): Float32Array {
  try {
    return decodeMap(map, grid);
  } catch (error) {
    throw new EngineError('bad-request', (error as Error).message);
  }
}
