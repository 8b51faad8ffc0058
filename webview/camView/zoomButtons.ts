import { t } from '@vscode/l10n';
import { element, setText } from './dom';

/** Zooms all tiles: for those without wheel and keys, and to say how far it is. */
export class ZoomButtons {
  readonly element: HTMLElement;
  readonly #out = button('−', t('zoom out'), t('Zoom out (-)'));
  readonly #reset = button('', '', t('Show the whole picture (0)'));
  readonly #in = button('+', t('zoom in'), t('Zoom in (+, or the wheel with Ctrl); drag to move'));

  constructor(onZoom: (by: 1 | -1 | 'reset') => void) {
    this.#reset.classList.add('percent');
    this.element = element(
      'span',
      { class: 'zoom', role: 'group', 'aria-label': t('zoom') },
      this.#out,
      this.#reset,
      this.#in,
    );
    this.#out.onclick = () => onZoom(-1);
    this.#reset.onclick = () => onZoom('reset');
    this.#in.onclick = () => onZoom(1);
    this.set(1);
  }

  /** @param scale of the picture to the tile */
  set(scale: number): void {
    const percent = t('{0} %', Math.round(scale * 100));
    setText(this.#reset, percent);
    this.#reset.setAttribute('aria-label', t('{0}, show the whole picture', percent));
    // Not `disabled`: a button that has the focus would lose it.
    for (const one of [this.#out, this.#reset]) one.setAttribute('aria-disabled', String(scale === 1));
  }
}

function button(text: string, label: string, title: string): HTMLButtonElement {
  return element('button', { type: 'button', 'aria-label': label, title }, text);
}
