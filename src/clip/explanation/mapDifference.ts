import type { MapDifference } from '../../protocol/selfTest';
import type { Grid } from '../../protocol/explanation';

/**
 * How two sets of maps of the same pictures and words differ.
 * @param pairs similarities `[rows * cols]` before min-max, one way and the other
 */
export function mapDifference(
  pairs: readonly (readonly [a: Float32Array, b: Float32Array])[],
  { cols }: Grid,
): MapDifference {
  let sum = 0;
  let patches = 0;
  let samePeak = 0;
  for (const [a, b] of pairs) {
    const [one, other] = [heights(a), heights(b)];
    for (let i = 0; i < one.length; i++) sum += Math.abs(one[i]! - other[i]!);
    patches += one.length;
    if (areBeside(peakOf(a), peakOf(b), cols)) samePeak++;
  }
  return { maps: pairs.length, mean: sum / patches, samePeak: samePeak / pairs.length };
}

/** Min-max to 0..1; a constant map is 0 everywhere. */
function heights(map: Float32Array): Float32Array {
  const low = map.reduce((least, value) => Math.min(least, value), Infinity);
  const range = map.reduce((most, value) => Math.max(most, value), -Infinity) - low;
  return map.map((value) => (range > 0 ? (value - low) / range : 0));
}

function peakOf(map: Float32Array): number {
  return map.reduce((best, value, i) => (value > map[best]! ? i : best), 0);
}

/** The same patch, or one of the eight around it. */
function areBeside(a: number, b: number, cols: number): boolean {
  const rows = Math.abs(Math.floor(a / cols) - Math.floor(b / cols));
  return rows <= 1 && Math.abs((a % cols) - (b % cols)) <= 1;
}
