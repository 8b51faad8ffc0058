import { t } from '@vscode/l10n';
import { element, setText } from '../camView/dom';

export interface BannerModel {
  /** What is shown, e.g. that it is not saved; undefined: nothing to say. */
  readonly text: string | undefined;
  readonly failure?: string | undefined;
  /** Label of the button that stores it, if there is one, and why it cannot be pressed. */
  readonly store?: { readonly label: string; readonly whyNot?: string };
  readonly canDiscard: boolean;
}

/** Says in an output that what it shows is not stored, and what can be done about it. */
export class Banner {
  readonly element: HTMLElement;
  readonly #text = element('span', { class: 'say', role: 'status' });
  readonly #failure = element('span', { class: 'failure', role: 'alert' });
  readonly #store = element('button', { class: 'primary', type: 'button' });
  readonly #discard = element('button', { class: 'secondary', type: 'button' }, t('Discard'));

  constructor(on: { store(): void; discard(): void }) {
    this.#store.onclick = () => this.#store.getAttribute('aria-disabled') !== 'true' && on.store();
    this.#discard.onclick = () => on.discard();
    this.element = element('div', { class: 'banner' }, this.#text, this.#failure, this.#store, this.#discard);
  }

  show({ text, failure, store, canDiscard }: BannerModel): void {
    this.element.classList.toggle('quiet', !text && !failure);
    setText(this.#text, text ?? '');
    setText(this.#failure, failure ?? '');
    this.#store.hidden = !store;
    this.#discard.hidden = !canDiscard;
    if (!store) return;
    setText(this.#store, store.label);
    this.#store.title = store.whyNot ?? '';
    // Not `disabled`: a button that has the focus would lose it.
    this.#store.setAttribute('aria-disabled', String(store.whyNot !== undefined));
  }
}
