/** A picture with the size that it has after its orientation is applied; `source` once it is decoded. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly source?: ImageBitmap | HTMLImageElement;
}

/** How many sizes are kept: the grid's and the large one's. */
const KEPT = 2;

/** The picture's pixels at the sizes in use, so that a slider never scales it again. */
export class PictureScaler {
  private picture: Picture | undefined;
  private readonly kept = new Map<string, ImageData>();

  /** Undefined while the picture is not decoded. */
  scaled(picture: Picture | undefined, width: number, height: number): ImageData | undefined {
    if (picture !== this.picture) {
      this.kept.clear();
      this.picture = picture;
    }
    if (!picture?.source) return undefined;
    const key = `${width} ${height}`;
    const known = this.kept.get(key);
    if (known) return known;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) return undefined;
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture.source, 0, 0, width, height);
    const pixels = context.getImageData(0, 0, width, height);
    this.kept.set(key, pixels);
    for (const old of this.kept.keys()) if (this.kept.size > KEPT) this.kept.delete(old);
    return pixels;
  }
}
