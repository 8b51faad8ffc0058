import { t } from '@vscode/l10n';
import { colorTable } from '../../src/heatmap/colorMap';
import { blend } from '../../src/heatmap/overlay';
import { normalise, type Range } from '../../src/heatmap/scale';
import { patches, upsample } from '../../src/heatmap/upsample';
import type { Grid } from '../../src/protocol/explanation';
import { element, setText } from './dom';
import type { Look } from './look';
import type { Maps, Patch, WordMap } from './maps';
import { methodText, redundancyText, scoreMeaning, scoreText, tileSummary } from './texts';

/** Milliseconds. */
const FADE = 140;
/** Of the plain picture while its map is awaited; the same as in the style sheet. */
const SKELETON_OPACITY = 0.35;

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
  private readonly stage = element('span', { class: 'stage', 'aria-hidden': 'true' });
  private readonly name = element('b');
  private readonly score = element('span', { class: 'score' });
  private readonly outline = element('div', { class: 'patch', hidden: '' });
  /** Whether its map is new and has still to fade in. */
  private isFresh = false;
  private grid: Grid = { rows: 1, cols: 1 };
  /** Heights at device pixels: the costly part, kept while only colours change. */
  private heat: { readonly key: string; readonly map: WordMap; readonly values: Float32Array } | undefined;

  /** @param word left out: the plain picture */
  constructor(readonly word?: string) {
    this.canvas = element('canvas', word === undefined ? { class: 'picture' } : { class: 'map', 'data-prompt': word });
    this.name.textContent = word ?? t('picture');
    this.element = element(
      'figure',
      { class: 'tile', role: 'img', tabindex: '0', 'aria-label': this.name.textContent },
      this.canvas,
      this.stage,
      this.outline,
      element('figcaption', {}, this.name, this.score),
    );
    if (word === undefined) this.element.classList.add('plain');
  }

  /** Takes the word's map from the maps; without any, the tile is a skeleton that says the stage. */
  update(maps: Maps | undefined, stage: string): void {
    if (this.word === undefined) return;
    const before = this.map;
    this.map = maps?.words.get(this.word);
    this.element.classList.toggle('skeleton', !this.map);
    setText(this.stage, this.map ? '' : stage);
    setText(this.score, this.map ? scoreText(this.map.score) : '');
    this.element.setAttribute('aria-label', this.map && maps ? tileSummary(this.map, maps) : `${this.word}: ${stage}`);
    if (!this.map || !maps) return;
    this.grid = maps.grid;
    this.score.title = `${scoreMeaning(maps)}\n${t('cosine {0}', this.map.cosine.toFixed(4))}`;
    this.name.title = `${methodText(maps.explanation.method)}\n${redundancyText(maps.explanation.method)}`;
    if (!before) this.isFresh = true;
  }

  resize(width: number, height: number): void {
    const ratio = window.devicePixelRatio;
    // Assigning a canvas size clears it, even when it is the same.
    const size = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))] as const;
    if (this.canvas.width !== size[0]) this.canvas.width = size[0];
    if (this.canvas.height !== size[1]) this.canvas.height = size[1];
    this.element.style.width = `${width}px`;
    this.element.style.height = `${height}px`;
  }

  /** Draws the picture and the map over it; `look` left out: the picture alone. */
  paint(picture: ImageData, look: Look | undefined, shared: Range): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    if (!this.map || !look) {
      context.putImageData(picture, 0, 0);
      return;
    }
    const mixed = new ImageData(new Uint8ClampedArray(picture.data), picture.width, picture.height);
    const heat = this.heatFor(this.map, picture, look, shared);
    blend(mixed.data, heat, colorTable(look.colorMap), look.opacity, look.threshold);
    context.putImageData(mixed, 0, 0);
    if (this.isFresh && !prefersStillness()) this.canvas.animate({ opacity: [SKELETON_OPACITY, 1] }, FADE);
    this.isFresh = false;
  }

  private heatFor(map: WordMap, { width, height }: ImageData, look: Look, shared: Range): Float32Array {
    const range = look.scale === 'shared' ? shared : map.range;
    const key = [width, height, look.view, range.min, range.max].join(' ');
    if (this.heat?.key !== key || this.heat.map !== map) {
      const enlarge = look.view === 'patches' ? patches : upsample;
      const values = enlarge(normalise(map.values, range), this.grid, width, height);
      this.heat = { key, map, values };
    }
    return this.heat.values;
  }

  /** Outlines a patch of the grid, or none. */
  outlinePatch(patch: Patch | undefined, grid: Grid): void {
    this.outline.hidden = !patch;
    if (!patch) return;
    const { style } = this.outline;
    style.left = `${(100 * patch.col) / grid.cols}%`;
    style.top = `${(100 * patch.row) / grid.rows}%`;
    style.width = `${100 / grid.cols}%`;
    style.height = `${100 / grid.rows}%`;
  }

  patchAt(x: number, y: number, grid: Grid): Patch {
    const box = this.canvas.getBoundingClientRect();
    const index = (share: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
    return {
      row: index((y - box.top) / box.height, grid.rows),
      col: index((x - box.left) / box.width, grid.cols),
    };
  }
}
