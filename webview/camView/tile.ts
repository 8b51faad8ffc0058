import { t } from '@vscode/l10n';
import type { Region } from '../../src/heatmap/region';
import type { Grid } from '../../src/protocol/explanation';
import { element, setText } from './dom';
import { MapPainter, type Brush } from './mapPainter';
import type { Maps, Patch, WordMap } from './maps';
import { tileKeysText, methodText, rangeText, redundancyText, scoreMeaning, scoreText, tileSummary } from './texts';

/** Milliseconds. */
const FADE = 140;
/** Of the plain picture while its map is awaited; the same as in the style sheet. */
const SKELETON_OPACITY = 0.35;
/** CSS pixels. */
const CONTOUR_WIDTH = 1.5;

/** What all tiles are painted with. */
export type TileLook = Pick<Brush, 'look' | 'shared'>;

function prefersStillness(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    window.matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}

/** One picture in the grid: the plain one, or the one with a word's map over it. */
export class Tile {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  map: WordMap | undefined;
  /** Of the canvas when it is painted next, in device pixels. */
  size: readonly [width: number, height: number] = [1, 1];
  readonly #stage = element('span', { class: 'stage', 'aria-hidden': 'true' });
  readonly #name = element('b');
  readonly #score = element('span', { class: 'score' });
  readonly #outline = element('div', { class: 'patch', hidden: '' });
  /** Whether it does not show what it should by now. */
  isDirty = true;
  #painter = new MapPainter();
  #hasPixels = false;
  /** Whether its map is new and has still to fade in. */
  #isFresh = false;
  #grid: Grid = { rows: 1, cols: 1 };

  /** @param word left out: the plain picture */
  constructor(readonly word?: string) {
    this.canvas = element('canvas', word === undefined ? { class: 'picture' } : { class: 'map', 'data-prompt': word });
    this.#name.textContent = word ?? t('picture');
    this.element = element(
      'figure',
      {
        class: 'tile',
        role: 'img',
        tabindex: '0',
        'aria-label': this.#name.textContent,
        'aria-description': tileKeysText(),
        'aria-keyshortcuts': 'Enter Space ArrowLeft ArrowRight ArrowUp ArrowDown PageUp PageDown Plus - 0',
      },
      this.canvas,
      this.#stage,
      this.#outline,
      element('figcaption', {}, this.#name, this.#score),
    );
    if (word === undefined) this.element.classList.add('plain');
  }

  /**
   * Takes the word's map from the maps; without any, the tile is a skeleton that says the stage.
   * @param label what the word is called
   */
  update(maps: Maps | undefined, stage: string, label: string): void {
    if (this.word === undefined) return;
    const before = this.map;
    this.map = maps?.words.get(this.word);
    this.element.classList.toggle('skeleton', !this.map);
    setText(this.#name, label);
    setText(this.#stage, this.map ? '' : stage);
    setText(this.#score, this.map ? scoreText(this.map.score) : '');
    this.element.setAttribute(
      'aria-label',
      this.map && maps ? tileSummary(label, this.map, maps) : `${label}: ${stage}`,
    );
    this.#name.title = this.word;
    if (!this.map || !maps) return;
    this.#grid = maps.grid;
    this.#score.title = [
      scoreMeaning(maps),
      t('cosine {0}', this.map.cosine.toFixed(4)),
      t('similarity {0}', rangeText(this.map.range)),
    ].join('\n');
    const { method } = maps.explanation;
    this.#name.title = [this.word, methodText(method), redundancyText(method)].join('\n');
    if (!before) this.#isFresh = true;
  }

  /** For the editor's own context menu. */
  setContext(context: string): void {
    if (this.element.dataset.vscodeContext !== context) this.element.dataset.vscodeContext = context;
  }

  /** The canvas keeps what it shows, stretched, until it is painted: a new size would blank it. */
  resize(width: number, height: number): void {
    const ratio = window.devicePixelRatio;
    this.size = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    this.element.style.width = `${width}px`;
    this.element.style.height = `${height}px`;
  }

  /** Draws a part of the picture, of the tile's size, and the map over it; `look` left out: the picture alone. */
  paint(picture: ImageData, look: TileLook | undefined, region: Region, color: string): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    this.#hasPixels = true;
    if (this.canvas.width !== picture.width) this.canvas.width = picture.width;
    if (this.canvas.height !== picture.height) this.canvas.height = picture.height;
    if (!this.map || !look) {
      context.putImageData(picture, 0, 0);
      return;
    }
    const lineWidth = CONTOUR_WIDTH * window.devicePixelRatio;
    this.#painter.paint(context, picture, this.map, { ...look, grid: this.#grid, region, color, lineWidth });
    if (this.#isFresh && !prefersStillness()) this.canvas.animate({ opacity: [SKELETON_OPACITY, 1] }, FADE);
    this.#isFresh = false;
  }

  /** Gives its pixels back: of a thousand words they would fill the memory. */
  letGo(): void {
    if (!this.#hasPixels) return;
    this.#hasPixels = false;
    this.isDirty = true;
    this.canvas.width = this.canvas.height = 0;
    this.#painter = new MapPainter();
  }

  /** Outlines a patch of the grid where it is in the part shown, or none. */
  outlinePatch(patch: Patch | undefined, grid: Grid, shown: Region): void {
    this.#outline.hidden = !patch;
    if (!patch) return;
    const { style } = this.#outline;
    style.left = `${(100 * (patch.col / grid.cols - shown.x)) / shown.width}%`;
    style.top = `${(100 * (patch.row / grid.rows - shown.y)) / shown.height}%`;
    style.width = `${100 / grid.cols / shown.width}%`;
    style.height = `${100 / grid.rows / shown.height}%`;
  }

  /** A place on the screen in shares of the tile. */
  placeAt(x: number, y: number): [x: number, y: number] {
    const box = this.canvas.getBoundingClientRect();
    return [(x - box.left) / box.width, (y - box.top) / box.height];
  }
}
