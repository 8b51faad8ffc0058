import { t } from '@vscode/l10n';
import { element, setText } from './dom';
import type { Patch } from './maps';
import { patchText } from './texts';

/** A word's value at the patch that is pointed at. */
export interface Reading {
  readonly word: string;
  /** What it is called. */
  readonly name: string;
  readonly color: string;
  /** Height on the scale that is drawn, 0..1: the length of the bar. */
  readonly height: number;
  /** The number as the colour bar counts it. */
  readonly value: string;
  readonly title: string;
}

/** Of more words only the highest are listed: filling a thousand rows would take longer than the pointer rests. */
const MOST_ROWS = 100;

/** All words ranked at one patch. Its size does not depend on what it shows, so nothing jumps. */
export class Readout {
  readonly element: HTMLElement;
  readonly #place = element('span', { class: 'place' });
  readonly #list = element('div', { class: 'ranking', 'aria-hidden': 'true' });
  readonly #spoken = element('span', { class: 'spoken', 'aria-live': 'polite', role: 'status' });
  readonly #onHot: (word: string | undefined) => void;

  /** @param onHot the word under the pointer, or none */
  constructor(onHot: (word: string | undefined) => void) {
    this.#onHot = onHot;
    this.element = element('div', { class: 'readout' }, this.#place, this.#list, this.#spoken);
    this.#list.onpointerleave = () => this.#onHot(undefined);
  }

  /** `ranked` from the highest to the lowest; without a patch their values are blank. */
  show(patch: Patch | undefined, ranked: readonly Reading[]): void {
    const readings = ranked.slice(0, MOST_ROWS);
    setText(this.#place, patch ? patchText(patch) : t('point at a patch, or press an arrow key on a picture'));
    this.element.classList.toggle('blank', !patch);
    while (this.#list.children.length > readings.length) this.#list.lastElementChild!.remove();
    while (this.#list.children.length < readings.length) this.#list.append(row());
    readings.forEach((reading, i) => this.#fill(this.#list.children[i] as HTMLElement, reading));
    const ranking = readings.map(({ name, value }) => `${name} ${value}`).join(', ');
    setText(this.#spoken, patch ? `${patchText(patch)}: ${ranking}` : '');
  }

  #fill(target: HTMLElement, reading: Reading): void {
    const [name, track, value] = target.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
    const bar = track.firstElementChild as HTMLElement;
    target.title = reading.title;
    target.onpointerenter = () => this.#onHot(reading.word);
    setText(name, reading.name);
    setText(value, reading.value);
    bar.style.background = reading.color;
    bar.style.width = `${100 * reading.height}%`;
  }
}

function row(): HTMLElement {
  const track = element('span', { class: 'track' }, element('span', { class: 'bar' }));
  return element(
    'span',
    { class: 'reading' },
    element('span', { class: 'word' }),
    track,
    element('span', { class: 'value' }),
  );
}
