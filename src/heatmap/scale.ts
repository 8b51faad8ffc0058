/** Lowest and highest value of one map or of several. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The range over all maps given: one map for "per word", all shown maps for "shared". No values: 0..0. */
export function range(...maps: readonly Iterable<number>[]): Range {
  let min = Infinity;
  let max = -Infinity;
  for (const map of maps) {
    for (const value of map) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}

/**
 * Min-max, clamped to 0..1. A constant map becomes zeros: the published formula divides 0 by 0
 * there, and a map without any contrast should show nothing.
 */
export function normalise(values: ArrayLike<number>, { min, max }: Range): Float32Array {
  const span = max - min;
  if (!(span > 0)) return new Float32Array(values.length);
  return Float32Array.from(values, (value) => Math.min(1, Math.max(0, (value - min) / span)));
}
