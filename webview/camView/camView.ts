import { t } from '@vscode/l10n';
import type { Explanation } from '../../src/protocol/explanation';
import type { Range } from '../../src/heatmap/scale';
import { Controls } from './controls';
import { element, setText } from './dom';
import type { Figure } from './figure';
import { TileKeys, type TileTarget } from './interaction';
import type { Look } from './look';
import { readMaps, sharedRange, type Maps, type Patch } from './maps';
import type { Picture } from './picture';
import { TilePointer } from './pointer';
import { readings } from './readings';
import { Readout } from './readout';
import type { Tile } from './tile';
import { TileGrid } from './tileGrid';
import type { WordLooks } from './wordLooks';
import { Zoom } from './zoom';

/** What there is to see. Words without a map are skeletons. */
export interface CamModel {
  readonly picture?: Picture;
  readonly words: readonly string[];
  readonly explanation?: Explanation;
  /** What is being done for the maps that are missing or old. */
  readonly stage?: string;
  /** Whether the last attempt to get maps failed. */
  readonly failed?: boolean;
}

export interface CamOptions {
  readonly look: Look;
  /** Labels and colours of the words; shared with whoever shows those beside the maps. */
  readonly looks: WordLooks;
  /** Height for the tiles in CSS pixels; left out: what the element's own height leaves. */
  readonly tilesHeight?: number;
  /** Whether one row of {@link Controls} elsewhere moves several views; left out: the view has its own. */
  readonly sharesControls?: boolean;
  /** Shown below the read-out. */
  readonly footer?: HTMLElement;
  readonly onLook?: (look: Look) => void;
  readonly onZoom?: (scale: number) => void;
  /** Of the tile of a word, or of the plain picture: what the editor's context menus know about it, as JSON. */
  readonly tileContext?: (word: string | undefined) => string;
  /** Index of the word under the pointer. */
  readonly onHot?: (index: number | undefined) => void;
}

/**
 * Draws class activation maps: the picture, one tile per word, the controls and the read-out.
 * Needs {@link adoptStyles} on the document or shadow root that it is put into.
 */
export class CamView {
  readonly element: HTMLElement;
  /** Of all tiles. */
  readonly zoom: Zoom;
  readonly #grid: TileGrid;
  readonly #controls: Controls;
  readonly #readout = new Readout((word) => this.#hot(word));
  readonly #problem = element('p', { class: 'problem', role: 'alert', hidden: '' });
  readonly #foot: HTMLElement;
  readonly #resizes = new ResizeObserver(() => this.#onResize());
  #look: Look;
  #tilesHeight: number | undefined;
  #arrangedWidth = 0;
  #frame: number | undefined;
  #model: CamModel = { words: [] };
  #maps: Maps | undefined;
  #patch: Patch | undefined;
  readonly #options: CamOptions;

  constructor(options: CamOptions) {
    this.#options = options;
    this.#look = options.look;
    this.#tilesHeight = options.tilesHeight;
    this.#grid = new TileGrid(options.looks, () => this.#settle());
    this.#controls = new Controls(this.#look, {
      onLook: (look) => {
        this.setLook(look);
        this.#options.onLook?.(look);
      },
      onZoom: (by) => this.zoom.step(by),
    });
    this.#foot = element('div', { class: 'foot' }, this.#readout.element);
    if (!options.sharesControls) this.#foot.prepend(this.#controls.element);
    if (options.footer) this.#foot.append(options.footer);
    this.element = element(
      'div',
      { class: 'cam', 'data-state': 'empty' },
      this.#problem,
      this.#grid.element,
      this.#foot,
    );
    const state = { grid: () => this.#maps?.grid, patch: () => this.#patch };
    this.zoom = new Zoom(this.#grid, { ...state, onZoom: (scale) => this.#onZoom(scale) });
    const target: TileTarget = {
      ...state,
      zoom: this.zoom,
      point: (patch) => this.#point(patch),
      hot: (tile) => this.#hot(tile?.word),
      open: (tile) => this.#open(tile),
      plain: (on) => this.#paint(on),
    };
    new TileKeys(this.#grid, target);
    new TilePointer(this.#grid, target);
    this.#resizes.observe(this.element);
    this.#resizes.observe(this.#foot);
  }

  /** The word of the tile that is large, or else of the one that has the focus. */
  get current(): string | undefined {
    return (this.#grid.large ?? this.#grid.tiles.find((tile) => tile.element.matches(':focus')))?.word;
  }

  /** Why the maps cannot be drawn, if so. */
  get problemText(): string | undefined {
    return this.#problem.hidden ? undefined : (this.#problem.textContent ?? '');
  }

  /** Of the similarities of all words shown; undefined while there are no maps. */
  get range(): Range | undefined {
    return this.#maps && this.#shared();
  }

  setLook(look: Look): void {
    this.#look = look;
    this.#refresh();
  }

  setTilesHeight(height: number): void {
    this.#tilesHeight = height;
    this.#arrange();
  }

  /** Shows this, keeping everything that is the same as before. Never throws on a bad record. */
  show(model: CamModel): void {
    const { explanation, picture } = this.#model;
    this.#model = model;
    if (model.explanation !== explanation) this.#read(model.explanation);
    this.#options.looks.assign(model.words);
    this.#grid.setPicture(model.picture);
    // What was looked at closely is elsewhere in a picture of another shape.
    if (model.picture?.width !== picture?.width || model.picture?.height !== picture?.height) this.zoom.reset();
    this.#grid.setWords(model.words, this.#options.tileContext);
    this.#grid.setMaps(this.#maps, model.stage ?? t('no map yet'));
    this.#refresh();
    this.#arrange();
    this.element.dataset.state = this.#state() === 'ready' ? 'working' : this.#state();
  }

  /** Marks a word's tile, as when its chip is pointed at. */
  setHot(index: number | undefined): void {
    const word = index === undefined ? undefined : this.#model.words[index];
    for (const tile of this.#grid.tiles) {
      tile.element.classList.toggle('hot', tile.word !== undefined && tile.word === word);
    }
  }

  /**
   * Composes a PNG of one word's tile, or of all tiles, as they are looked at now, at the picture's own resolution.
   * @throws Error with one sentence where there is nothing to compose.
   */
  async figure(word?: string): Promise<Figure> {
    const { composeFigure } = await import('./figure');
    const { picture, words } = this.#model;
    return composeFigure({ picture, words, maps: this.#maps, look: this.#look, looks: this.#options.looks }, word);
  }

  /** Lets go of everything; pixels at once, because a canvas that is only collected may linger. */
  dispose(): void {
    this.#resizes.disconnect();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#grid.dispose();
    this.element.remove();
  }

  #read(explanation: Explanation | undefined): void {
    this.#maps = undefined;
    this.#problem.hidden = true;
    try {
      this.#maps = explanation && readMaps(explanation);
    } catch (error) {
      this.#problem.hidden = false;
      setText(
        this.#problem,
        t('These maps cannot be drawn. {0}', error instanceof Error ? error.message : String(error)),
      );
    }
  }

  #state(): 'empty' | 'working' | 'ready' | 'failed' {
    if (this.#model.failed || !this.#problem.hidden) return 'failed';
    if (!this.#model.picture) return 'empty';
    if (this.#model.stage !== undefined) return 'working';
    return this.#maps ? 'ready' : 'empty';
  }

  /** Maps count as ready once they are on the screen. */
  #settle(): void {
    this.element.dataset.state = this.#state();
  }

  #shared() {
    return sharedRange(this.#model.words.flatMap((word) => this.#maps?.words.get(word) ?? []));
  }

  #refresh(): void {
    this.#paint();
    this.#controls.setRange(this.range);
    this.#point(this.#patch);
  }

  #paint(isPlain = false): void {
    this.#grid.setLook(isPlain ? undefined : { look: this.#look, shared: this.#shared() });
  }

  #onZoom(scale: number): void {
    this.#controls.setZoom(scale);
    this.#options.onZoom?.(scale);
    this.#point(this.#patch);
  }

  #onResize(): void {
    if (this.#tilesHeight === undefined) return this.#arrange();
    // The height follows the tiles here: arranging them at once would change what is being observed.
    if (this.element.clientWidth !== this.#arrangedWidth) this.#frame ??= requestAnimationFrame(() => this.#arrange());
  }

  #arrange(): void {
    this.#frame = undefined;
    const { clientWidth, clientHeight } = this.element;
    const height = this.#tilesHeight ?? clientHeight - this.#foot.offsetHeight - this.#problem.offsetHeight;
    this.#arrangedWidth = clientWidth;
    if (clientWidth > 0) this.#grid.arrange(clientWidth, Math.max(1, height));
  }

  #open(tile: Tile | undefined): void {
    this.#grid.large = tile;
    this.element.classList.toggle('large', tile !== undefined);
    this.#arrange();
  }

  #hot(word: string | undefined): void {
    const index = word === undefined ? -1 : this.#model.words.indexOf(word);
    this.setHot(index < 0 ? undefined : index);
    this.#options.onHot?.(index < 0 ? undefined : index);
  }

  #point(patch: Patch | undefined): void {
    const grid = this.#maps?.grid;
    this.#patch = patch && grid && patch.row < grid.rows && patch.col < grid.cols ? patch : undefined;
    if (grid) this.#grid.outlinePatch(this.#patch, grid);
    this.#readout.show(
      this.#patch,
      readings(this.#model.words, this.#maps, this.#patch, this.#look, this.#options.looks),
    );
  }
}
