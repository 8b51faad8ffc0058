import type { Precision } from '../../protocol/execution';

/** Largest relative difference of right answers: other orders of sums, and for fp16 its eleven bits through many layers. */
export const TOLERANCE: Readonly<Record<Exclude<Precision, 'int8'>, number>> = { fp32: 1e-3, fp16: 3e-2 };

/** ||a - b|| / ||b||; infinite where there are not as many values. */
export function relativeDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let [difference, size] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    difference += (a[i]! - b[i]!) ** 2;
    size += b[i]! ** 2;
  }
  return Math.sqrt(difference / size);
}
