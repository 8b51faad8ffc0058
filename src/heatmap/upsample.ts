import type { Grid } from '../protocol/explanation';
import { WHOLE, type Region } from './region';

/** For every output position: the two neighbours along one axis and the weight of the second. */
interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly weight: Float32Array;
}

/**
 * Sample positions as in torch's `interpolate(mode='bilinear', align_corners=False)`: pixel centres, clamped edges.
 * @param start share of the axis where the first output begins
 * @param share how much of the axis the outputs cover
 */
function taps(from: number, to: number, start: number, share: number): Taps {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const weight = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const position = Math.max(0, ((i + 0.5) * from * share) / to + start * from - 0.5);
    low[i] = Math.min(from - 1, Math.floor(position));
    high[i] = Math.min(from - 1, low[i]! + 1);
    weight[i] = position - low[i]!;
  }
  return { low, high, weight };
}

/**
 * Bilinear resize of a map `[rows, cols]` to `[height, width]`, the published upsampling
 * (METHODS: similarity map). Also works downwards; like torch's it then samples without smoothing.
 * @param region the part that fills the output; sampled where the whole map, drawn that large, would be
 */
export function upsample(
  values: ArrayLike<number>,
  grid: Grid,
  width: number,
  height: number,
  region: Region = WHOLE,
): Float32Array {
  const { rows, cols } = grid;
  const x = taps(cols, width, region.x, region.width);
  const y = taps(rows, height, region.y, region.height);
  const wide = new Float64Array(rows * width);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < width; i++) {
      const a = values[r * cols + x.low[i]!]!;
      wide[r * width + i] = a + (values[r * cols + x.high[i]!]! - a) * x.weight[i]!;
    }
  }
  const out = new Float32Array(width * height);
  for (let j = 0; j < height; j++) {
    const top = y.low[j]! * width;
    const bottom = y.high[j]! * width;
    const weight = y.weight[j]!;
    for (let i = 0; i < width; i++) {
      const a = wide[top + i]!;
      out[j * width + i] = a + (wide[bottom + i]! - a) * weight;
    }
  }
  return out;
}

/** The patch that each of `to` output positions lies in. */
function cells(from: number, to: number, start: number, share: number): Int32Array {
  const at = (i: number) => Math.floor(((i + 0.5) * from * share) / to + start * from);
  return Int32Array.from({ length: to }, (_, i) => Math.min(from - 1, Math.max(0, at(i))));
}

/** The map `[rows, cols]` as `[height, width]` with every patch flat: the true grid. */
export function patches(
  values: ArrayLike<number>,
  grid: Grid,
  width: number,
  height: number,
  region: Region = WHOLE,
): Float32Array {
  const out = new Float32Array(width * height);
  const column = cells(grid.cols, width, region.x, region.width);
  const row = cells(grid.rows, height, region.y, region.height);
  for (let j = 0; j < height; j++) {
    const first = row[j]! * grid.cols;
    for (let i = 0; i < width; i++) out[j * width + i] = values[first + column[i]!]!;
  }
  return out;
}
