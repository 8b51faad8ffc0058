import { colorTable } from '../../src/heatmap/colorMap';
import { contour } from '../../src/heatmap/contour';
import { blend } from '../../src/heatmap/overlay';
import type { Region } from '../../src/heatmap/region';
import { normalise, type Range } from '../../src/heatmap/scale';
import { patches, upsample } from '../../src/heatmap/upsample';
import type { Grid } from '../../src/protocol/explanation';
import type { Look } from './look';
import type { WordMap } from './maps';

/** What a map is painted with. */
export interface Brush {
  readonly look: Look;
  /** Over all words that are shown. */
  readonly shared: Range;
  readonly grid: Grid;
  readonly region: Region;
  /** Of the contour. */
  readonly color: string;
  /** Pixels of the contour's line. */
  readonly lineWidth: number;
}

const HALO = 'rgb(0 0 0 / 0.65)';
/** Width of line and halo together over that of the line. */
const HALO_WIDTH = 2.2;

/** Paints one word's map over a picture, keeping the costly parts while only colours change. */
export class MapPainter {
  /** Heights at the picture's pixels. */
  #heat: { readonly key: string; readonly map: WordMap; readonly values: Float32Array } | undefined;
  #border: { readonly heat: Float32Array; readonly threshold: number; readonly path: Path2D } | undefined;

  paint(
    context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    picture: ImageData,
    map: WordMap,
    brush: Brush,
  ): void {
    const { look } = brush;
    const mixed = new ImageData(new Uint8ClampedArray(picture.data), picture.width, picture.height);
    const heat = this.#heatFor(map, picture, brush);
    blend(mixed.data, heat, colorTable(look.colorMap), look.opacity, look.threshold, look.blending);
    context.putImageData(mixed, 0, 0);
    if (look.threshold > 0) this.#outline(context, heat, picture, brush);
  }

  #heatFor(map: WordMap, { width, height }: ImageData, { look, shared, grid, region }: Brush): Float32Array {
    const range = look.scale === 'shared' ? shared : map.range;
    const key = [width, height, look.view, range.min, range.max, region.x, region.y, region.width].join(' ');
    if (this.#heat?.key !== key || this.#heat.map !== map) {
      const enlarge = look.view === 'patches' ? patches : upsample;
      this.#heat = { key, map, values: enlarge(normalise(map.values, range), grid, width, height, region) };
    }
    return this.#heat.values;
  }

  /** Traces the border of what is at or above the threshold; the halo keeps it visible on any picture. */
  #outline(
    context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    heat: Float32Array,
    { width, height }: ImageData,
    { look, color, lineWidth }: Brush,
  ): void {
    if (this.#border?.heat !== heat || this.#border.threshold !== look.threshold) {
      const path = new Path2D();
      for (const line of contour(heat, width, height, look.threshold)) {
        path.moveTo(line[0]!, line[1]!);
        for (let i = 2; i < line.length; i += 2) path.lineTo(line[i]!, line[i + 1]!);
      }
      this.#border = { heat, threshold: look.threshold, path };
    }
    context.lineJoin = 'round';
    context.strokeStyle = HALO;
    context.lineWidth = lineWidth * HALO_WIDTH;
    context.stroke(this.#border.path);
    context.strokeStyle = color;
    context.lineWidth = lineWidth;
    context.stroke(this.#border.path);
  }
}
