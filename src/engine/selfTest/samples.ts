/** Reproducible values of a bell-like distribution with this deviation: sums of three uniform ones. */
export function noise(count: number, deviation: number, seed: number): Float32Array {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  return Float32Array.from({ length: count }, () => 2 * deviation * (uniform() + uniform() + uniform()));
}

/**
 * Pixels `[batch, 3, side, side]` as normalised pictures have them, smooth in some places and rough in others, each
 * picture another.
 */
export function samplePixels(batch: number, side: number): Float32Array {
  const rough = noise(batch * 3 * side * side, 0.5, side);
  return rough.map((value, i) => {
    const [x, y, plane] = [i % side, Math.floor(i / side) % side, Math.floor(i / side / side)];
    const wave = Math.sin((x * (1 + (plane % 3)) + y * (1 + plane)) / side);
    return x < side / 2 ? wave : wave + value;
  });
}
