import type { TileTarget } from './interaction';
import type { Tile } from './tile';
import type { TileGrid } from './tileGrid';
import { pictureAt } from './viewport';

interface Drag {
  readonly tile: Tile;
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  readonly isMoving: boolean;
}

/** CSS pixels that a pointer may tremble in a click. */
const TREMBLE = 3;
/** A pinch on a trackpad arrives as a wheel of 100 times the logarithm of its scale. */
const WHEEL_PER_E = 100;
/** The notch of a mouse's wheel says as much at once. */
const MOST_WHEEL = 40;
/** Pixels of a wheel that counts in lines, or in pages. */
const WHEEL_UNITS = [1, 16, 400];

/** The pointer on the tiles: the patch under it, panning by dragging, zooming with the wheel. */
export class TilePointer {
  #drag: Drag | undefined;
  readonly #tiles: TileGrid;
  readonly #target: TileTarget;

  constructor(tiles: TileGrid, target: TileTarget) {
    this.#tiles = tiles;
    this.#target = target;
    const { element } = tiles;
    element.onpointerdown = (event) => this.#press(event);
    element.onpointermove = (event) => {
      this.#pull(event);
      this.#point(event);
    };
    element.onpointerup = element.onpointercancel = element.onlostpointercapture = () => this.#release();
    element.onpointerleave = () => this.#leave();
    element.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
  }

  #point(event: MouseEvent): void {
    const tile = this.#tiles.tileOf(event);
    if (!tile) return this.#leave();
    const grid = this.#target.grid();
    if (grid) {
      const [x, y] = pictureAt(this.#tiles.viewport, ...tile.placeAt(event.clientX, event.clientY));
      const index = (share: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
      this.#target.point({ row: index(y, grid.rows), col: index(x, grid.cols) });
    }
    this.#target.hot(tile);
  }

  #leave(): void {
    this.#target.point(undefined);
    this.#target.hot(undefined);
  }

  #press({ button, isPrimary, pointerId, clientX, clientY, target }: PointerEvent): void {
    const tile = this.#tiles.tileOf({ target });
    if (!tile || button !== 0 || !isPrimary || this.#tiles.viewport.scale === 1) return;
    this.#drag = { tile, pointer: pointerId, x: clientX, y: clientY, isMoving: false };
  }

  #pull({ pointerId, buttons, clientX, clientY }: PointerEvent): void {
    const drag = this.#drag;
    if (pointerId !== drag?.pointer) return;
    // Let go of where this page could not see it.
    if (buttons === 0) return this.#release();
    const { tile } = drag;
    if (!drag.isMoving) {
      if (Math.hypot(clientX - drag.x, clientY - drag.y) < TREMBLE) return;
      // Not earlier: a captured pointer would take clicks away from what was clicked.
      tile.element.setPointerCapture(pointerId);
      this.#tiles.element.classList.add('dragging');
    }
    const [x, y] = tile.placeAt(clientX, clientY);
    const [fromX, fromY] = tile.placeAt(drag.x, drag.y);
    this.#target.zoom.pan(x - fromX, y - fromY);
    this.#drag = { ...drag, x: clientX, y: clientY, isMoving: true };
  }

  #release(): void {
    this.#drag = undefined;
    this.#tiles.element.classList.remove('dragging');
  }

  #onWheel(event: WheelEvent): void {
    const tile = this.#tiles.tileOf(event);
    if (!tile || !(event.ctrlKey || event.metaKey)) return;
    // Else the whole window would zoom.
    event.preventDefault();
    event.stopPropagation();
    const wheel = event.deltaY * (WHEEL_UNITS[event.deltaMode] ?? 1);
    const factor = Math.exp(-Math.min(MOST_WHEEL, Math.max(-MOST_WHEEL, wheel)) / WHEEL_PER_E);
    this.#target.zoom.at(tile.placeAt(event.clientX, event.clientY), factor);
    this.#point(event);
  }
}
