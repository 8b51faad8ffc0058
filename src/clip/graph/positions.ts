/** How many patches an image has, from the top left. */
export interface PatchGrid {
  readonly rows: number;
  readonly cols: number;
}

/**
 * Positional embeddings `[1 + rows * cols, width]` for a grid of any shape. The class token's row
 * is kept; the others are resized bilinearly (half-pixel centres, no antialiasing), METHODS.md
 * section 2. Unlike the official code this never changes the stored table, so a result does not
 * depend on the sizes that were run before.
 *
 * @param stored `[1 + side * side, width]`
 */
export function positionsFor(stored: Float32Array, width: number, grid: PatchGrid): Float32Array {
  const side = Math.sqrt(stored.length / width - 1);
  if (grid.rows === side && grid.cols === side) return stored;
  const out = new Float32Array((1 + grid.rows * grid.cols) * width);
  out.set(stored.subarray(0, width));
  const row = (r: number, c: number) => (1 + r * side + c) * width;
  const down = taps(side, grid.rows);
  const across = taps(side, grid.cols);
  let at = width;
  for (const y of down) {
    for (const x of across) {
      const [a, b, c, d] = [row(y.low, x.low), row(y.low, x.high), row(y.high, x.low), row(y.high, x.high)];
      for (let i = 0; i < width; i++) {
        const top = stored[a + i]! * (1 - x.share) + stored[b + i]! * x.share;
        const bottom = stored[c + i]! * (1 - x.share) + stored[d + i]! * x.share;
        out[at++] = top * (1 - y.share) + bottom * y.share;
      }
    }
  }
  return out;
}

/** For each of `to` positions the two of `from` between which it lies, and how near the higher one. */
function taps(from: number, to: number): { low: number; high: number; share: number }[] {
  return Array.from({ length: to }, (_, i) => {
    const at = Math.max(0, ((i + 0.5) * from) / to - 0.5);
    const low = Math.floor(at);
    return { low, high: Math.min(low + 1, from - 1), share: at - low };
  });
}
