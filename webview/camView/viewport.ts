import type { Region } from '../../src/heatmap/region';
import type { Grid } from '../../src/protocol/explanation';

/** What all tiles show of the picture. */
export interface Viewport {
  /** Size of the picture over the size of the tile, 1 or more. */
  readonly scale: number;
  /** Where the picture is cut on the left and at the top, in shares of it; never beyond its edges. */
  readonly x: number;
  readonly y: number;
}

export const FITTED: Viewport = { scale: 1, x: 0, y: 0 };

/** Of the buttons and keys. */
export const ZOOM_STEP = Math.SQRT2;

const LEAST_MAXIMUM = 8;

/** Up to one patch in a tile; on coarse grids further, to look at the picture itself. */
export function maxScale(grid: Grid | undefined): number {
  return Math.max(LEAST_MAXIMUM, Math.min(grid?.rows ?? 1, grid?.cols ?? 1));
}

export function regionOf({ scale, x, y }: Viewport): Region {
  return { x, y, width: 1 / scale, height: 1 / scale };
}

function clamped(scale: number, x: number, y: number): Viewport {
  const within = (value: number) => Math.min(1 - 1 / scale, Math.max(0, value));
  return { scale, x: within(x), y: within(y) };
}

/** Zooms so that what is at a place of the tile, in shares of it, stays there. */
export function zoomAt(from: Viewport, factor: number, placeX: number, placeY: number, max: number): Viewport {
  let scale = Math.min(max, Math.max(1, from.scale * factor));
  // Steps in and out again must end where they began.
  if (Math.abs(scale - 1) < 1e-6) scale = 1;
  return clamped(scale, from.x + placeX / from.scale - placeX / scale, from.y + placeY / from.scale - placeY / scale);
}

/** Moves the picture under the tile by shares of the tile; to the right and down where positive. */
export function panBy({ scale, x, y }: Viewport, right: number, down: number): Viewport {
  return clamped(scale, x - right / scale, y - down / scale);
}

/** Where in the tile a place of the picture is, or undefined where it is out of sight. */
export function placeOf({ scale, x, y }: Viewport, pictureX: number, pictureY: number): [number, number] | undefined {
  const place: [number, number] = [(pictureX - x) * scale, (pictureY - y) * scale];
  return place.every((share) => share >= 0 && share <= 1) ? place : undefined;
}

/** What of the picture is at a place of the tile. */
export function pictureAt({ scale, x, y }: Viewport, placeX: number, placeY: number): [number, number] {
  return [x + placeX / scale, y + placeY / scale];
}

/** Pans as little as brings a part of the picture into sight; one that is larger than the tile from its beginning. */
export function reveal({ scale, x, y }: Viewport, part: Region): Viewport {
  const axis = (from: number, start: number, size: number) => Math.min(Math.max(from, start + size - 1 / scale), start);
  return clamped(scale, axis(x, part.x, part.width), axis(y, part.y, part.height));
}
