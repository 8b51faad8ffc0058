import type { Grid } from '../../src/protocol/explanation';
import type { Patch } from './maps';
import type { TileGrid } from './tileGrid';
import * as viewport from './viewport';

interface ZoomTarget {
  grid(): Grid | undefined;
  patch(): Patch | undefined;
  onZoom(scale: number): void;
}

/** Zooms and pans all tiles in step. */
export class Zoom {
  readonly #tiles: TileGrid;
  readonly #target: ZoomTarget;

  constructor(tiles: TileGrid, target: ZoomTarget) {
    this.#tiles = tiles;
    this.#target = target;
  }

  get viewport(): viewport.Viewport {
    return this.#tiles.viewport;
  }

  /** About a place of the tile, in shares of it. */
  at([x, y]: readonly [number, number], factor: number): void {
    this.#set(viewport.zoomAt(this.viewport, factor, x, y, viewport.maxScale(this.#target.grid())));
  }

  /** About the patch cursor where it is in sight, else about the centre. */
  step(by: 1 | -1 | 'reset'): void {
    if (by === 'reset') return this.reset();
    const patch = this.#target.patch();
    const grid = this.#target.grid();
    const place =
      patch && grid && viewport.placeOf(this.viewport, (patch.col + 0.5) / grid.cols, (patch.row + 0.5) / grid.rows);
    this.at(place ?? [0.5, 0.5], viewport.ZOOM_STEP ** by);
  }

  reset(): void {
    this.#set(viewport.FITTED);
  }

  /** Moves the picture by shares of the tile. */
  pan(right: number, down: number): void {
    this.#set(viewport.panBy(this.viewport, right, down));
  }

  /** Brings a patch into sight. */
  reveal({ row, col }: Patch, { rows, cols }: Grid): void {
    const part = { x: col / cols, y: row / rows, width: 1 / cols, height: 1 / rows };
    this.#set(viewport.reveal(this.viewport, part));
  }

  #set(next: viewport.Viewport): void {
    const { scale, x, y } = this.viewport;
    if (next.scale === scale && next.x === x && next.y === y) return;
    this.#tiles.setViewport(next);
    this.#target.onZoom(next.scale);
  }
}
