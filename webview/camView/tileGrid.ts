import { element } from './dom';
import { fit, GAP, type Layout } from './layout';
import type { Maps, Patch } from './maps';
import { PictureScaler, type Picture } from './picture';
import { Tile, type TileLook } from './tile';
import { FITTED, regionOf, type Viewport } from './viewport';
import type { WordLooks } from './wordLooks';

/** Painting may take this many milliseconds of a frame; what is left waits for the next one. */
const FRAME_BUDGET = 8;

/** The tiles: the plain picture and one per word, laid out as large as fits; painted lazily, and only near what is in sight. */
export class TileGrid {
  readonly element = element('div', { class: 'tiles' });
  tiles: readonly Tile[] = [new Tile()];
  /** The tile that is shown alone, if any. */
  large: Tile | undefined;
  /** The same for all tiles. */
  viewport: Viewport = FITTED;
  readonly #scaler = new PictureScaler();
  #frame: number | undefined;
  #look: TileLook | undefined;
  #picture: Picture | undefined;
  #outlined: { readonly patch: Patch | undefined; readonly grid: Maps['grid'] } | undefined;
  #layout: Layout = { columns: 1, width: 0, height: 0, scrolls: false };
  readonly #looks: WordLooks;
  readonly #onPainted: () => void;

  /** @param onPainted called when nothing near is left to paint */
  constructor(looks: WordLooks, onPainted: () => void) {
    this.#looks = looks;
    this.#onPainted = onPainted;
    this.element.onscroll = () => this.#schedule();
  }

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
    this.#picture = picture;
  }

  setMaps(maps: Maps | undefined, stage: string): void {
    for (const tile of this.tiles) tile.update(maps, stage, this.#looks.labelOf(tile.word ?? ''));
  }

  /** @param look left out: plain pictures only */
  setLook(look: TileLook | undefined): void {
    this.#look = look;
    this.#repaint();
  }

  setViewport(viewport: Viewport): void {
    this.viewport = viewport;
    this.element.classList.toggle('zoomed', viewport.scale > 1);
    this.#repaint();
  }

  outlinePatch(patch: Patch | undefined, grid: Maps['grid']): void {
    this.#outlined = { patch, grid };
    this.#outline(this.#near());
  }

  /** Fits the tiles into a room of CSS pixels. */
  arrange(width: number, height: number): void {
    const aspect = this.#picture ? this.#picture.width / this.#picture.height : 4 / 3;
    const layout = fit(this.#shown.length, aspect, width, height);
    this.#layout = layout;
    this.element.style.gridTemplateColumns = `repeat(${layout.columns}, ${layout.width}px)`;
    this.element.style.maxHeight = layout.scrolls ? `${Math.max(layout.height, height)}px` : '';
    this.element.style.gap = `${GAP}px`;
    for (const tile of this.tiles) {
      tile.element.hidden = this.large !== undefined && tile !== this.large;
      if (!tile.element.hidden) tile.resize(layout.width, layout.height);
    }
    this.#repaint();
  }

  dispose(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    for (const { canvas } of this.tiles) canvas.width = canvas.height = 0;
  }

  #repaint(): void {
    for (const tile of this.tiles) tile.isDirty = true;
    this.#schedule();
  }

  #schedule(): void {
    this.#frame ??= requestAnimationFrame(() => this.#paintSome());
  }

  #paintSome(): void {
    this.#frame = undefined;
    const end = performance.now() + FRAME_BUDGET;
    const region = regionOf(this.viewport);
    const near = this.#near();
    for (const tile of this.tiles) if (!near.has(tile) && !tile.element.hidden) tile.letGo();
    this.#outline(near);
    const waiting = [...near].filter((tile) => tile.isDirty);
    for (const tile of waiting) {
      const pixels = this.#scaler.scaled(this.#picture, ...tile.size, region);
      if (pixels) tile.paint(pixels, this.#look, region, this.#looks.colorOf(tile.word ?? ''));
      tile.isDirty = false;
      if (performance.now() > end) break;
    }
    if (waiting.some((tile) => tile.isDirty)) this.#schedule();
    else this.#onPainted();
  }

  get #shown(): readonly Tile[] {
    return this.large ? [this.large] : this.tiles;
  }

  /** Of a thousand tiles most are not worth the time that every move of the pointer would take. */
  #outline(near: Iterable<Tile>): void {
    const { patch, grid } = this.#outlined ?? {};
    const region = regionOf(this.viewport);
    if (grid) for (const tile of near) tile.outlinePatch(patch, grid, region);
  }

  /** Tiles in sight, and after them those a page above and below. */
  #near(): ReadonlySet<Tile> {
    const { columns, height, scrolls } = this.#layout;
    if (!scrolls) return new Set(this.#shown);
    const { scrollTop, clientHeight } = this.element;
    const page = clientHeight / (height + GAP);
    const top = scrollTop / (height + GAP);
    const rows = (from: number, to: number) =>
      this.#shown.slice(Math.max(0, Math.floor(from)) * columns, Math.ceil(to) * columns);
    return new Set([...rows(top, top + page), ...rows(top - page, top + 2 * page)]);
  }
}
