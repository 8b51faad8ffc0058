/** How much of the colour is laid over: the same everywhere, or the more the higher the value. */
export type Blending = 'even' | 'value';

/**
 * Lays a heat map over a picture, in place: picture * (1 - alpha) + colour * alpha, as published where alpha is even.
 * Pixels of the picture that are transparent let the colour shine through by the same rule.
 * @param rgba the picture, `[height, width, 4]`, not premultiplied
 * @param heat heights 0..1, `[height, width]`
 * @param table `[256, 3]` RGB, see `colorTable`
 * @param opacity 0..1
 * @param threshold pixels whose height is below it stay as they are
 * @param blending alpha is the opacity, or opacity * height
 */
export function blend(
  rgba: Uint8ClampedArray,
  heat: Float32Array,
  table: Uint8Array,
  opacity: number,
  threshold = 0,
  blending: Blending = 'even',
): void {
  const isByValue = blending === 'value';
  for (let i = 0, p = 0; i < heat.length; i++, p += 4) {
    const height = heat[i]!;
    if (height < threshold) continue;
    // Truncated, not rounded: the published code casts height * 255 to uint8.
    const c = Math.trunc(height * 255) * 3;
    const over = isByValue ? opacity * height : opacity;
    const under = ((1 - over) * rgba[p + 3]!) / 255;
    const total = over + under;
    if (total === 0) continue;
    rgba[p] = (rgba[p]! * under + table[c]! * over) / total;
    rgba[p + 1] = (rgba[p + 1]! * under + table[c + 1]! * over) / total;
    rgba[p + 2] = (rgba[p + 2]! * under + table[c + 2]! * over) / total;
    rgba[p + 3] = total * 255;
  }
}
