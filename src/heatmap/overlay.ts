/**
 * Lays a heat map over a picture, in place: picture * (1 - opacity) + colour * opacity, as published.
 * Pixels of the picture that are transparent let the colour shine through by the same rule.
 * @param rgba the picture, `[height, width, 4]`, not premultiplied
 * @param heat heights 0..1, `[height, width]`
 * @param table `[256, 3]` RGB, see `colorTable`
 * @param opacity 0..1
 * @param threshold pixels whose height is below it stay as they are
 */
export function blend(
  rgba: Uint8ClampedArray,
  heat: Float32Array,
  table: Uint8Array,
  opacity: number,
  threshold = 0,
): void {
  const colors = Float32Array.from(table, (value) => value * opacity);
  const keep = 1 - opacity;
  for (let i = 0, p = 0; i < heat.length; i++, p += 4) {
    const height = heat[i]!;
    if (height < threshold) continue;
    // Truncated, not rounded: the published code casts height * 255 to uint8.
    const c = Math.trunc(height * 255) * 3;
    const alpha = rgba[p + 3]! / 255;
    const under = keep * alpha;
    const total = opacity + under;
    if (total === 0) continue;
    rgba[p] = (rgba[p]! * under + colors[c]!) / total;
    rgba[p + 1] = (rgba[p + 1]! * under + colors[c + 1]!) / total;
    rgba[p + 2] = (rgba[p + 2]! * under + colors[c + 2]!) / total;
    rgba[p + 3] = total * 255;
  }
}
