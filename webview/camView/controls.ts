import { t } from '@vscode/l10n';
import { COLOR_MAPS, type ColorMapName } from '../../src/heatmap/colorMap';
import type { Range } from '../../src/heatmap/scale';
import { Legend } from './colorBar';
import { element, icon } from './dom';
import type { Look } from './look';
import { segments } from './segments';
import { Slider } from './slider';
import { colorMapText } from './texts';
import { ZoomButtons } from './zoomButtons';

interface Listeners {
  onLook(look: Look): void;
  onZoom(by: 1 | -1 | 'reset'): void;
}

/**
 * The row below the tiles, on one line at any width: what is moved all the time, the colour bar, and
 * the rest, which waits behind a button where there is no room for it.
 */
export class Controls {
  readonly element: HTMLElement;
  readonly #zoom: ZoomButtons;
  readonly #legend = new Legend();
  readonly #opacity = new Slider(t('opacity'), (opacity) => this.#change({ opacity }));
  readonly #threshold = new Slider(t('threshold'), (threshold) => this.#change({ threshold }));
  readonly #scale = segments(
    t('scale'),
    [
      ['word', t('per word'), t('every word from its own lowest to its own highest value')],
      ['shared', t('shared'), t('one lowest and highest value for all words')],
    ],
    (scale) => this.#change({ scale }),
  );
  readonly #view = segments(
    t('view'),
    [
      ['smooth', t('smooth'), t('interpolated between patches')],
      ['patches', t('patches'), t('the grid as the model sees it')],
    ],
    (view) => this.#change({ view }),
  );
  readonly #blending = segments(
    t('blend'),
    [
      ['even', t('even'), t('the same opacity everywhere, as published')],
      ['value', t('by value'), t('the lower the value, the more of the picture shows through')],
    ],
    (blending) => this.#change({ blending }),
  );
  readonly #colorMap = element('select', { 'aria-label': t('colour map') });
  #range: Range | undefined;
  #look: Look;
  readonly #listeners: Listeners;

  constructor(look: Look, listeners: Listeners) {
    this.#look = look;
    this.#listeners = listeners;
    this.#zoom = new ZoomButtons((by) => listeners.onZoom(by));
    for (const name of COLOR_MAPS) this.#colorMap.append(element('option', { value: name }, colorMapText(name)));
    this.#colorMap.onchange = () => this.#change({ colorMap: this.#colorMap.value as ColorMapName });
    const colors = element(
      'label',
      { class: 'colors' },
      element('span', { class: 'label' }, t('colours')),
      this.#colorMap,
    );
    // A popover where it does not fit into the row: see the style sheet.
    const more = element(
      'div',
      { class: 'more', popover: '', role: 'group', 'aria-label': t('display') },
      ...[this.#scale.element, this.#view.element, this.#blending.element, colors],
    );
    const display = element(
      'button',
      { class: 'display', type: 'button', 'aria-label': t('display'), title: t('Scale, view, blending and colours') },
      ...[element('span', {}, t('display')), slidersIcon()],
    );
    display.popoverTargetElement = more;
    this.element = element(
      'div',
      { class: 'controls' },
      ...[this.#opacity.element, this.#threshold.element, this.#zoom.element, this.#legend.element, display, more],
    );
    this.#update();
  }

  /** Prints the range of the scale in use. `shared` is undefined while there are no maps. */
  setRange(shared: Range | undefined): void {
    this.#range = shared;
    this.#legend.show(this.#look, shared);
  }

  setZoom(scale: number): void {
    this.#zoom.set(scale);
  }

  #change(part: Partial<Look>): void {
    this.#look = { ...this.#look, ...part };
    this.#update();
    this.#listeners.onLook(this.#look);
  }

  #update(): void {
    const look = this.#look;
    this.#opacity.set(look.opacity);
    this.#threshold.set(look.threshold);
    this.#scale.choose(look.scale);
    this.#view.choose(look.view);
    this.#blending.choose(look.blending);
    this.#colorMap.value = look.colorMap;
    this.#legend.show(look, this.#range);
  }
}

/** Stands for the word where there is no room for it. */
function slidersIcon(): SVGElement {
  return icon(
    ['path', { d: 'M2 5h6m4 0h2M2 11h2m4 0h6' }],
    ['circle', { cx: '10', cy: '5', r: '2' }],
    ['circle', { cx: '6', cy: '11', r: '2' }],
  );
}
