import type { RgbImage } from '../clip/preprocess/resize';
import { colorTable } from '../heatmap/colorMap';
import { blend } from '../heatmap/overlay';
import { normalise, range } from '../heatmap/scale';
import { upsample } from '../heatmap/upsample';
import { decodeMap, type Explanation } from '../protocol/explanation';
import { EngineError } from './failure';
import { encodePng } from './imageReader';

const OPACITY = 0.6; // the published figures lay the map over the picture at 0.6 to 0.4

/** PNG bytes of the picture in its own size with one prompt's map over it: min-max, bilinear, viridis. */
export async function overlay(picture: RgbImage, explanation: Explanation, prompt: number): Promise<Uint8Array> {
  const shown = explanation.prompts[prompt];
  if (!shown) throw new EngineError('bad-request', `The explanation has no prompt ${prompt}.`);
  const { width, height } = picture;
  const map = decodeMap(shown.map, explanation.grid);
  const heat = upsample(normalise(map, range(map)), explanation.grid, width, height);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    rgba.set(picture.data.subarray(i * 3, i * 3 + 3), i * 4);
    rgba[i * 4 + 3] = 255;
  }
  blend(rgba, heat, colorTable('viridis'), OPACITY);
  return encodePng(rgba, width, height);
}
