/** Pixels, three bytes each (RGB), row-major. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const PRECISION = 22;

/** Where an output position reads from, and with which fixed-point weights. */
interface Taps {
  readonly first: number;
  readonly weights: Int32Array;
}

/**
 * Bicubic resize, equal to Pillow's to the last bit: CLIP's preprocessing is defined by it, and
 * other libraries differ by up to ten levels where they enlarge. Two passes, antialiasing
 * support, fixed point with 22 bits, rounding between the passes.
 */
export function resize(image: RgbImage, width: number, height: number): RgbImage {
  const across = image.width === width ? image : resizeRows(image, width);
  return image.height === height ? across : resizeColumns(across, height);
}

function resizeRows({ width, height, data }: RgbImage, to: number): RgbImage {
  const taps = bicubicTaps(width, to);
  const out = new Uint8Array(to * height * 3);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (const { first, weights } of taps) {
      let [r, g, b] = [HALF, HALF, HALF];
      let from = (y * width + first) * 3;
      for (const weight of weights) {
        r += data[from++]! * weight;
        g += data[from++]! * weight;
        b += data[from++]! * weight;
      }
      out[at++] = clip(r);
      out[at++] = clip(g);
      out[at++] = clip(b);
    }
  }
  return { width: to, height, data: out };
}

function resizeColumns({ width, height, data }: RgbImage, to: number): RgbImage {
  const out = new Uint8Array(width * to * 3);
  const stride = width * 3;
  let at = 0;
  for (const { first, weights } of bicubicTaps(height, to)) {
    for (let x = 0; x < stride; x++) {
      let sum = HALF;
      let from = first * stride + x;
      for (const weight of weights) {
        sum += data[from]! * weight;
        from += stride;
      }
      out[at++] = clip(sum);
    }
  }
  return { width, height: to, data: out };
}

const HALF = 1 << (PRECISION - 1);

function clip(sum: number): number {
  const value = sum >> PRECISION;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

function bicubicTaps(from: number, to: number): Taps[] {
  const scale = from / to;
  const stretch = Math.max(1, scale); // when shrinking, the filter widens with the scale
  const support = 2 * stretch;
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const last = Math.min(from, Math.trunc(centre + support + 0.5));
    const exact = Array.from({ length: last - first }, (_, k) => bicubic((k + first - centre + 0.5) / stretch));
    const sum = exact.reduce((a, b) => a + b, 0);
    return { first, weights: Int32Array.from(exact, (w) => fixedPoint(w / sum)) };
  });
}

/** Rounds half away from zero. */
function fixedPoint(weight: number): number {
  return Math.trunc(weight * (1 << PRECISION) + (weight < 0 ? -0.5 : 0.5));
}

/** Keys' kernel with a = -0.5. */
function bicubic(x: number): number {
  const a = -0.5;
  const d = Math.abs(x);
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  if (d < 2) return (((d - 5) * d + 8) * d - 4) * a;
  return 0;
}
