import type { RgbImage } from './resize';

/** OpenAI's statistics, of values 0..1 per channel; nearly every CLIP uses them. */
export const CLIP_MEAN: readonly number[] = [0.48145466, 0.4578275, 0.40821073];
export const CLIP_STD: readonly number[] = [0.26862954, 0.26130258, 0.27577711];

/** `[3, H, W]` float32: (value / 255 - mean) / std. */
export function normalise({ width, height, data }: RgbImage, mean = CLIP_MEAN, std = CLIP_STD): Float32Array {
  const plane = width * height;
  const out = new Float32Array(3 * plane);
  // In float32 steps, as the official preprocessing computes them.
  const [m, s] = [Float32Array.from(mean), Float32Array.from(std)];
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < plane; i++) {
      out[c * plane + i] = Math.fround(Math.fround(data[i * 3 + c]! / 255) - m[c]!) / s[c]!;
    }
  }
  return out;
}
