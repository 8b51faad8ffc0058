import type { Grid } from '../../src/protocol/explanation';
import { tileAction, type TileAction } from './keys';
import type { Patch } from './maps';
import type { Tile } from './tile';
import type { TileGrid } from './tileGrid';

/** What pointer and keys on the tiles need from the view. */
interface Target {
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

/** Pointer and keyboard on the tiles. */
export class TileKeys {
  private isPlain = false;

  constructor(
    private readonly tiles: TileGrid,
    private readonly target: Target,
  ) {
    const { element } = tiles;
    element.onpointermove = (event) => this.onPointer(event);
    element.onpointerleave = () => this.leave();
    element.ondblclick = (event) => {
      const tile = this.tileOf(event);
      if (tile) this.toggle(tile);
    };
    element.onkeydown = (event) => this.onKey(event);
    element.onkeyup = (event) => event.key === ' ' && this.setPlain(false);
    element.addEventListener('focusout', () => this.setPlain(false));
  }

  private tileOf(event: Event): Tile | undefined {
    return this.tiles.tiles.find((tile) => event.target instanceof Node && tile.element.contains(event.target));
  }

  private onPointer(event: PointerEvent): void {
    const tile = this.tileOf(event);
    const grid = this.target.grid();
    if (!tile) this.leave();
    else {
      if (grid) this.target.point(tile.patchAt(event.clientX, event.clientY, grid));
      this.target.hot(tile);
    }
  }

  private leave(): void {
    this.target.point(undefined);
    this.target.hot(undefined);
  }

  private onKey(event: KeyboardEvent): void {
    const tile = this.tileOf(event);
    const action = tileAction(event);
    if (!tile || !action || (action.type === 'close' && !this.tiles.large)) return;
    // The editor has bindings of its own for some of these keys.
    event.preventDefault();
    event.stopPropagation();
    this.act(tile, action);
  }

  private act(tile: Tile, action: TileAction): void {
    switch (action.type) {
      case 'move':
        return this.move(tile, action.rows, action.cols);
      case 'open':
        return this.toggle(tile);
      case 'close':
        return this.toggle(undefined);
      case 'step':
        return this.step(tile, action.by);
      case 'plain':
        return this.setPlain(true);
    }
  }

  /** The first move starts where the word's map is highest. */
  private move(tile: Tile, rows: number, cols: number): void {
    const grid = this.target.grid();
    if (!grid) return;
    const patch = this.target.patch();
    const start = tile.map?.peak ?? { row: grid.rows >> 1, col: grid.cols >> 1 };
    const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
    this.target.point(
      patch ? { row: within(patch.row + rows, grid.rows), col: within(patch.col + cols, grid.cols) } : start,
    );
  }

  private toggle(tile: Tile | undefined): void {
    const from = this.tiles.large;
    this.target.open(from ? undefined : tile);
    (tile ?? from)?.element.focus();
  }

  private step(tile: Tile, by: 1 | -1): void {
    const { tiles } = this.tiles;
    const next = tiles[(tiles.indexOf(tile) + by + tiles.length) % tiles.length]!;
    if (this.tiles.large) this.target.open(next);
    next.element.focus();
  }

  private setPlain(on: boolean): void {
    if (this.isPlain === on) return;
    this.isPlain = on;
    this.target.plain(on);
  }
}
