import type { Grid } from '../../src/protocol/explanation';
import { tileAction, type TileAction } from './keys';
import type { Patch } from './maps';
import type { Tile } from './tile';
import type { TileGrid } from './tileGrid';
import type { Zoom } from './zoom';

/** What pointer and keys on the tiles need from the view. */
export interface TileTarget {
  readonly zoom: Zoom;
  /** Undefined while there are no maps. */
  grid(): Grid | undefined;
  patch(): Patch | undefined;
  point(patch: Patch | undefined): void;
  hot(tile: Tile | undefined): void;
  /** Shows one tile alone, or all again. */
  open(tile: Tile | undefined): void;
  /** Shows the pictures without maps. */
  plain(on: boolean): void;
}

/** Share of the tile that a key pans by. */
const PAN_STEP = 0.25;

/** The keyboard on the tiles, and the double click that does what Enter does. */
export class TileKeys {
  #isPlain = false;
  readonly #tiles: TileGrid;
  readonly #target: TileTarget;

  constructor(tiles: TileGrid, target: TileTarget) {
    this.#tiles = tiles;
    this.#target = target;
    const { element } = tiles;
    element.ondblclick = (event) => {
      const tile = tiles.tileOf(event);
      if (tile) this.#toggle(tile);
    };
    element.onkeydown = (event) => this.#onKey(event);
    element.onkeyup = (event) => event.key === ' ' && this.#setPlain(false);
    element.addEventListener('focusout', () => this.#setPlain(false));
  }

  #onKey(event: KeyboardEvent): void {
    const tile = this.#tiles.tileOf(event);
    const action = tileAction(event, this.#tiles.large !== undefined);
    if (!tile || !action || (action.type === 'close' && !this.#tiles.large)) return;
    // The editor has bindings of its own for some of these keys.
    event.preventDefault();
    event.stopPropagation();
    this.#act(tile, action);
  }

  #act(tile: Tile, action: TileAction): void {
    switch (action.type) {
      case 'move':
        return this.#move(tile, action.rows, action.cols);
      case 'open':
        return this.#toggle(tile);
      case 'close':
        return this.#toggle(undefined);
      case 'step':
        return this.#step(tile, action.by);
      case 'plain':
        return this.#setPlain(true);
      case 'zoom':
        return this.#target.zoom.step(action.by);
      case 'pan':
        return this.#target.zoom.pan(-action.cols * PAN_STEP, -action.rows * PAN_STEP);
    }
  }

  /** The first move starts where the word's map is highest. */
  #move(tile: Tile, rows: number, cols: number): void {
    const grid = this.#target.grid();
    if (!grid) return;
    const patch = this.#target.patch();
    const start = tile.map?.peak ?? { row: grid.rows >> 1, col: grid.cols >> 1 };
    const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
    const next = patch ? { row: within(patch.row + rows, grid.rows), col: within(patch.col + cols, grid.cols) } : start;
    this.#target.point(next);
    this.#target.zoom.reveal(next, grid);
  }

  #toggle(tile: Tile | undefined): void {
    const from = this.#tiles.large;
    this.#target.open(from ? undefined : tile);
    (tile ?? from)?.element.focus();
  }

  #step(tile: Tile, by: 1 | -1): void {
    const { tiles } = this.#tiles;
    const next = tiles[(tiles.indexOf(tile) + by + tiles.length) % tiles.length]!;
    if (this.#tiles.large) this.#target.open(next);
    next.element.focus();
  }

  #setPlain(on: boolean): void {
    if (this.#isPlain === on) return;
    this.#isPlain = on;
    this.#target.plain(on);
  }
}
