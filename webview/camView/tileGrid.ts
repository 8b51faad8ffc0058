import { element } from './dom';
import { fit, GAP } from './layout';
import type { Maps, Patch } from './maps';
import { PictureScaler, type Picture } from './picture';
import { Tile, type TileLook } from './tile';
import { FITTED, regionOf, type Viewport } from './viewport';
import type { WordColors } from './wordColors';

/** Painting may take this many milliseconds of a frame; what is left waits for the next one. */
const FRAME_BUDGET = 8;

/** The tiles: the plain picture and one per word, laid out as large as fits and painted lazily. */
export class TileGrid {
  readonly element = element('div', { class: 'tiles' });
  tiles: readonly Tile[] = [new Tile()];
  /** The tile that is shown alone, if any. */
  large: Tile | undefined;
  /** The same for all tiles. */
  viewport: Viewport = FITTED;
  private readonly scaler = new PictureScaler();
  private readonly dirty = new Set<Tile>();
  private frame: number | undefined;
  private look: TileLook | undefined;
  private picture: Picture | undefined;

  /** @param onPainted called when nothing is left to paint */
  constructor(
    private readonly colors: WordColors,
    private readonly onPainted: () => void,
  ) {}

  /** Shows one tile per word, keeping those that exist. */
  setWords(words: readonly string[], context: ((word: string | undefined) => string) | undefined): void {
    const known = new Map(this.tiles.map((tile) => [tile.word, tile]));
    this.tiles = [undefined, ...words].map((word) => known.get(word) ?? new Tile(word));
    if (this.large && !this.tiles.includes(this.large)) this.large = undefined;
    if (context) for (const tile of this.tiles) tile.setContext(context(tile.word));
    const elements = this.tiles.map((tile) => tile.element);
    // Moving a node drops its focus: leave the document alone while the order is right.
    if (elements.some((node, i) => this.element.children[i] !== node)) this.element.replaceChildren(...elements);
    while (this.element.children.length > elements.length) this.element.lastElementChild?.remove();
  }

  tileOf({ target }: Pick<Event, 'target'>): Tile | undefined {
    return this.tiles.find((tile) => target instanceof Node && tile.element.contains(target));
  }

  setPicture(picture: Picture | undefined): void {
    this.picture = picture;
  }

  setMaps(maps: Maps | undefined, stage: string): void {
    for (const tile of this.tiles) tile.update(maps, stage);
  }

  /** @param look left out: plain pictures only */
  setLook(look: TileLook | undefined): void {
    this.look = look;
    this.repaint();
  }

  setViewport(viewport: Viewport): void {
    this.viewport = viewport;
    this.element.classList.toggle('zoomed', viewport.scale > 1);
    this.repaint();
  }

  outlinePatch(patch: Patch | undefined, grid: Maps['grid']): void {
    const shown = regionOf(this.viewport);
    for (const tile of this.tiles) tile.outlinePatch(patch, grid, shown);
  }

  /** Fits the tiles into a room of CSS pixels. */
  arrange(width: number, height: number): void {
    const aspect = this.picture ? this.picture.width / this.picture.height : 4 / 3;
    const shown = this.large ? [this.large] : this.tiles;
    const layout = fit(shown.length, aspect, width, height);
    this.element.style.gridTemplateColumns = `repeat(${layout.columns}, ${layout.width}px)`;
    this.element.style.maxHeight = layout.scrolls ? `${Math.max(layout.height, height)}px` : '';
    this.element.style.gap = `${GAP}px`;
    for (const tile of this.tiles) {
      tile.element.hidden = !shown.includes(tile);
      if (!tile.element.hidden) tile.resize(layout.width, layout.height);
    }
    this.repaint();
  }

  dispose(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    for (const { canvas } of this.tiles) canvas.width = canvas.height = 0;
  }

  private repaint(): void {
    for (const tile of this.tiles) this.dirty.add(tile);
    this.frame ??= requestAnimationFrame(() => this.paintSome());
  }

  private paintSome(): void {
    this.frame = undefined;
    const end = performance.now() + FRAME_BUDGET;
    const shown = regionOf(this.viewport);
    for (const tile of this.inOrder()) {
      const pixels = this.scaler.scaled(this.picture, ...tile.size, shown);
      if (pixels) tile.paint(pixels, this.look, shown, this.colors.of(tile.word ?? ''));
      this.dirty.delete(tile);
      if (performance.now() > end) break;
    }
    if (this.dirty.size > 0) this.frame = requestAnimationFrame(() => this.paintSome());
    else this.onPainted();
  }

  /** Tiles to paint, those in sight first; hidden ones are painted when they are shown again. */
  private inOrder(): Tile[] {
    const { top, bottom } = this.element.getBoundingClientRect();
    const inSight: Tile[] = [];
    const others: Tile[] = [];
    for (const tile of this.dirty) {
      if (tile.element.hidden || !this.tiles.includes(tile)) this.dirty.delete(tile);
      else {
        const box = tile.element.getBoundingClientRect();
        (box.bottom > top && box.top < bottom ? inSight : others).push(tile);
      }
    }
    return [...inSight, ...others];
  }
}
