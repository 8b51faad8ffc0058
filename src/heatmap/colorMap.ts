import {
  interpolateCividis,
  interpolateInferno,
  interpolateMagma,
  interpolateTurbo,
  interpolateViridis,
} from 'd3-scale-chromatic';

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

const interpolators: Record<ColorMapName, (t: number) => string> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  inferno: interpolateInferno,
  magma: interpolateMagma,
  grey,
  turbo: interpolateTurbo,
  jet,
};

const tables = new Map<ColorMapName, Uint8Array>();

/** The colours of 256 heights from low to high, `[256, 3]` RGB. One shared array per name: do not write to it. */
export function colorTable(name: ColorMapName): Uint8Array {
  let table = tables.get(name);
  if (!table) {
    table = new Uint8Array(256 * 3);
    for (let i = 0; i < 256; i++) table.set(rgb(interpolators[name](i / 255)), i * 3);
    tables.set(name, table);
  }
  return table;
}

/** Reads `#rrggbb` and `rgb(r, g, b)`, the two notations that d3 answers with. */
function rgb(color: string): number[] {
  const [base, parts] = color.startsWith('#') ? [16, color.match(/[\da-f]{2}/gi)] : [10, color.match(/\d+/g)];
  return (parts ?? []).map((part) => parseInt(part, base));
}
