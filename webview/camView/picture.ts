import { WHOLE, type Region } from '../../src/heatmap/region';

/** A picture with the size that it has after its orientation is applied; `source` once it is decoded. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly source?: ImageBitmap | HTMLImageElement;
}

/** How many sizes are kept: the grid's and the large one's. */
const KEPT = 2;
/** Enlarged further than this, pixels of the picture are drawn as squares: one wants to see them, not a blur. */
const CRISP_FROM = 3;

/** The pixels of a part of the picture at a size. Undefined while the picture is not decoded. */
export function pixelsOf(
  picture: Picture | undefined,
  width: number,
  height: number,
  region: Region = WHOLE,
): ImageData | undefined {
  if (!picture?.source) return undefined;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  const whole = [width / region.width, height / region.height] as const;
  context.imageSmoothingEnabled = whole[0] / picture.width <= CRISP_FROM;
  context.imageSmoothingQuality = 'high';
  // The whole picture, mostly out of sight: cutting it first would change its pixels along the cut.
  context.drawImage(picture.source, -region.x * whole[0], -region.y * whole[1], ...whole);
  return context.getImageData(0, 0, width, height);
}

/** The picture's pixels at the sizes in use, so that a slider never scales it again. */
export class PictureScaler {
  #picture: Picture | undefined;
  readonly #kept = new Map<string, ImageData>();

  /** Undefined while the picture is not decoded. */
  scaled(picture: Picture | undefined, width: number, height: number, region: Region): ImageData | undefined {
    if (picture !== this.#picture) {
      this.#kept.clear();
      this.#picture = picture;
    }
    const key = [width, height, region.x, region.y, region.width].join(' ');
    const known = this.#kept.get(key);
    if (known) return known;
    const pixels = pixelsOf(picture, width, height, region);
    if (pixels) this.#kept.set(key, pixels);
    for (const old of this.#kept.keys()) if (this.#kept.size > KEPT) this.#kept.delete(old);
    return pixels;
  }
}
