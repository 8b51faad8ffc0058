import { t } from '@vscode/l10n';
import { element } from './dom';

/** A share, 0..1, to be moved in percent. */
export class Slider {
  readonly element: HTMLElement;
  readonly #input = element('input', { type: 'range', min: '0', max: '100', step: '1' });

  constructor(label: string, onShare: (share: number) => void) {
    this.element = element('label', { class: 'slider' }, element('span', { class: 'label' }, label), this.#input);
    this.#input.oninput = () => onShare(this.#input.valueAsNumber / 100);
  }

  set(share: number): void {
    const percent = Math.round(share * 100);
    this.#input.value = String(percent);
    this.#input.title = t('{0} %', percent);
    this.#input.style.setProperty('--share', `${percent}%`);
    this.#input.setAttribute('aria-valuetext', this.#input.title);
  }
}
