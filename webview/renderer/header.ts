import { t } from '@vscode/l10n';
import type { LiveRequest } from '../../src/protocol/notebook';
import { element, icon, setText, type Shape } from '../camView/dom';
import type { WordLooks } from '../camView/wordLooks';
import { Chips } from '../prompts/chips';
import type { Hello } from './hostLink';
import { ProvenanceButton } from './provenanceButton';
import { Settings } from './settings';

interface HeaderEvents {
  change(change: Partial<LiveRequest>): void;
  hot(index: number | undefined): void;
  take(action: 'copy' | 'save'): void;
  open(): void;
  expand(): void;
  /** Somebody turns to this line. */
  near(): void;
}

/** The line above the tiles: the prompts, how they are explained, and what can be done with it. */
export class Header {
  readonly element: HTMLElement;
  readonly chips: Chips;
  readonly provenance = new ProvenanceButton();
  readonly #settings: Settings;
  readonly #note = element('span', { class: 'note', role: 'status' });
  readonly #passing = element('span', { class: 'passing', role: 'status' });
  readonly #openButton = tool(t('Open in Panel'), ['path', { d: 'M9 2.5h4.5V7M13.5 2.5 8 8M7 3.5H2.5v10h10V9' }]);
  readonly #expandButton = tool(t('Larger'), [
    'path',
    { d: 'M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5l-4.5 4.5M2.5 13.5 7 9' },
  ]);

  constructor(looks: WordLooks, on: HeaderEvents) {
    this.chips = new Chips(
      looks,
      (prompts) => on.change({ prompts }),
      (index) => on.hot(index),
    );
    this.#settings = new Settings((change) => on.change(change));
    const copy = tool(t('Copy as Picture'), ['path', { d: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3' }]);
    const save = tool(t('Save as Picture'), ['path', { d: 'M8 2v8M4.5 6.5 8 10l3.5-3.5M2.5 10v3.5h11V10' }]);
    copy.onclick = () => on.take('copy');
    save.onclick = () => on.take('save');
    this.#openButton.onclick = () => this.#openButton.getAttribute('aria-disabled') !== 'true' && on.open();
    this.#expandButton.onclick = () => on.expand();
    const tools = element('span', { class: 'tools' }, copy, save, this.#openButton, this.#expandButton);
    this.element = element(
      'div',
      { class: 'head' },
      ...[this.chips.element, this.#settings.element, this.#note, this.provenance.element, tools, this.#passing],
    );
    this.element.onpointerenter = () => on.near();
    this.element.addEventListener('focusin', () => on.near());
  }

  /** @param whyNot why nothing can be changed, or undefined where it can */
  show(
    wanted: LiveRequest,
    hello: Hello | undefined,
    whyNot: string | undefined,
    whyNotOpen: string | undefined,
  ): void {
    this.chips.setFixed(whyNot);
    this.#settings.set(wanted, hello, whyNot);
    this.#openButton.setAttribute('aria-disabled', String(whyNotOpen !== undefined));
    label(this.#openButton, whyNotOpen ? `${t('Open in Panel')}: ${whyNotOpen}` : t('Open in Panel'));
  }

  setNote(note: { readonly text: string; readonly title: string } | undefined): void {
    setText(this.#note, note?.text ?? '');
    this.#note.title = note?.title ?? '';
  }

  setExpanded(isExpanded: boolean): void {
    this.#expandButton.setAttribute('aria-expanded', String(isExpanded));
    label(this.#expandButton, isExpanded ? t('Smaller') : t('Larger'));
  }

  /** Says this for a moment. */
  say(text: string): void {
    setText(this.#passing, text);
    if (text) setTimeout(() => this.#passing.textContent === text && setText(this.#passing, ''), 4000);
  }
}

function tool(title: string, ...shapes: readonly Shape[]): HTMLButtonElement {
  const button = element('button', { class: 'tool', type: 'button' }, icon(...shapes));
  label(button, title);
  return button;
}

function label(button: HTMLElement, title: string): void {
  button.title = title;
  button.setAttribute('aria-label', title);
}
