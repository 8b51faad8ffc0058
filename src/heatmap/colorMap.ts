import { interpolateCividis, interpolateTurbo } from 'd3-scale-chromatic';
import { isRamp, ramp, type RampName } from './ramps';

export type ColorMapName = 'viridis' | 'cividis' | 'inferno' | 'magma' | 'grey' | 'turbo' | 'jet';

/** All colour maps, the default first, the ones only good for comparison with papers last. */
export const COLOR_MAPS: readonly ColorMapName[] = ['viridis', 'cividis', 'inferno', 'magma', 'grey', 'turbo', 'jet'];

const clamp = (value: number): number => Math.round(Math.min(255, Math.max(0, value)));
const text = (channels: number[]): string => `rgb(${channels.map(clamp).join(', ')})`;

/**
 * OpenCV's COLORMAP_JET, the one in the published figures; matplotlib's has slightly other corners.
 * All its heights end in .5, and OpenCV rounds those to the even neighbour.
 */
const jet = (t: number): string =>
  text([3, 2, 1].map((peak) => 2 * Math.round((382.5 - Math.abs(4 * Math.round(t * 255) - 255 * peak)) / 2)));

const grey = (t: number): string => text([255 * t, 255 * t, 255 * t]);

const interpolators: Record<Exclude<ColorMapName, RampName>, (t: number) => string> = {
  cividis: interpolateCividis,
  grey,
  turbo: interpolateTurbo,
  jet,
};

const tables = new Map<ColorMapName, Uint8Array>();

/** The colours of 256 heights from low to high, `[256, 3]` RGB. One shared array per name: do not write to it. */
export function colorTable(name: ColorMapName): Uint8Array {
  let table = tables.get(name);
  if (!table) {
    table = isRamp(name) ? ramp(name) : sampled(interpolators[name]);
    tables.set(name, table);
  }
  return table;
}

/** Of an interpolator that answers with `rgb(r, g, b)`. */
function sampled(interpolate: (t: number) => string): Uint8Array {
  const colors = Array.from({ length: 256 }, (_, i) => interpolate(i / 255).match(/\d+/g)!);
  return Uint8Array.from(colors.flat(), Number);
}
