import { t } from '@vscode/l10n';
import { element } from '../camView/dom';
import type { WordLooks } from '../camView/wordLooks';
import { chip } from './chip';
import { reorderByDragging } from './reorder';
import { scrollSideways } from './scrollSideways';
import { moved, same, split, tidy } from './words';
import { wordEditor, type EditEnd } from './wordEditor';

/** Where a word is being written: instead of the one at `at`, or before it. */
interface Edit {
  readonly at: number;
  readonly replaces: boolean;
  readonly text: string;
}

type Focus = number | 'add' | undefined;

/** The prompts as editable chips. */
export class Chips {
  readonly element = element('div', { class: 'chips', role: 'group', 'aria-label': t('prompts') });
  words: readonly string[] = [];
  readonly #undone: (readonly string[])[] = [];
  #edit: Edit | undefined;
  #whyNot: string | undefined;
  #drawnLooks = '';
  readonly #looks: WordLooks;
  readonly #onChange: (words: readonly string[]) => void;
  readonly #onHot: (index: number | undefined) => void;

  constructor(
    looks: WordLooks,
    onChange: (words: readonly string[]) => void,
    onHot: (index: number | undefined) => void,
  ) {
    this.#looks = looks;
    this.#onChange = onChange;
    this.#onHot = onHot;
    scrollSideways(this.element);
    reorderByDragging(this.element, (from, to) => this.#change(moved(this.words, from, to), to > from ? to - 1 : to));
    // A press on a chip would end an edit and redraw the chips before the click arrives at one.
    this.element.onmousedown = (event) => {
      if (this.#edit && event.target instanceof Element && event.target.closest('button')) event.preventDefault();
    };
    this.#render();
  }

  /** Shows the host's words; what is being written goes on when they are the same. */
  set(words: readonly string[]): void {
    if (same(words, this.words)) return;
    if (this.words.length > 0) this.#undone.push(this.words);
    this.words = words;
    this.#edit = undefined;
    this.#render();
  }

  /** Shows labels and colours as they are by now; a word that is being written gets its own when that ends. */
  refresh(): void {
    this.#looks.assign(this.words);
    if (this.#edit || this.#looksShown() === this.#drawnLooks) return;
    const focused = this.#chips().findIndex((target) => target.matches(':focus-within'));
    this.#render(focused < 0 ? undefined : focused);
  }

  /** @param whyNot why the prompts cannot be edited, or undefined where they can */
  setFixed(whyNot: string | undefined): void {
    if (whyNot === this.#whyNot) return;
    this.#whyNot = whyNot;
    this.#edit = undefined;
    this.#render();
  }

  /** Takes back the last edit of the prompts. */
  undo(): void {
    const words = this.#undone.pop();
    if (!words) return;
    this.words = words;
    this.#edit = undefined;
    this.#render();
    this.#onChange(words);
  }

  setHot(index: number | undefined): void {
    this.#chips().forEach((target, i) => target.classList.toggle('hot', i === index));
  }

  #chips(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('.chip')];
  }

  #change(next: readonly string[], focus: Focus): void {
    const words = tidy(next);
    const differs = !same(words, this.words);
    if (differs) {
      this.#undone.push(this.words);
      this.words = words;
    }
    this.#render(focus);
    if (differs) this.#onChange(words);
  }

  /** Ends the edit that is open, if any, as leaving its field does. */
  #settle(): void {
    this.element.querySelector('input')?.blur();
  }

  #start(edit: Edit): void {
    this.#edit = edit;
    this.#render();
  }

  #finish({ at, replaces }: Edit, end: EditEnd): void {
    this.#edit = undefined;
    const put = (text: string) => this.words.toSpliced(at, replaces ? 1 : 0, ...split(text));
    const back: Focus = replaces ? at : 'add';
    switch (end.by) {
      case 'escape':
        return this.#render(back);
      case 'blur':
        return this.#change(put(end.text), undefined);
      case 'backspace':
        return this.#change(put(''), Math.max(0, at - 1));
      case 'enter':
        this.#change(put(end.text), back);
        // Whoever adds a word often adds another.
        if (!replaces && end.text.trim() !== '') this.#add();
        return;
      case 'comma': {
        const after = this.words.length - at - (replaces ? 1 : 0);
        this.#change(put(end.text), undefined);
        return this.#start({ at: this.words.length - after, replaces: false, text: end.rest });
      }
    }
  }

  #remove(word: string): void {
    this.#settle();
    const index = this.words.indexOf(word);
    if (index < 0) return;
    this.#onHot(undefined);
    this.#change(this.words.toSpliced(index, 1), Math.min(index, this.words.length - 2));
  }

  #editWord(word: string): void {
    this.#settle();
    const at = this.words.indexOf(word);
    if (at >= 0) this.#start({ at, replaces: true, text: word });
  }

  #add(): void {
    this.#settle();
    this.#start({ at: this.words.length, replaces: false, text: '' });
  }

  #render(focus?: Focus): void {
    this.#looks.assign(this.words);
    this.#drawnLooks = this.#looksShown();
    const parts: HTMLElement[] = this.words.map((word, i) => this.#chip(word, i));
    const edit = this.#edit;
    const add = element('button', {
      class: 'add',
      type: 'button',
      'aria-label': t('add a word'),
      title: t('Add a word'),
    });
    add.append('+', element('span', {}, `\u00a0${t('add a word')}`));
    add.onclick = () => this.#add();
    add.onkeydown = (event) => {
      if (event.key === 'ArrowLeft' && this.words.length > 0) this.#focus(this.words.length - 1);
    };
    if (edit) {
      const editor = element(
        'span',
        { class: 'chip editing' },
        wordEditor(edit.text, (end) => this.#finish(edit, end)),
      );
      parts.splice(edit.at, edit.replaces ? 1 : 0, editor);
    }
    if (!this.#whyNot && (!edit || edit.replaces || edit.at < this.words.length)) parts.push(add);
    this.element.replaceChildren(...parts);
    if (edit) this.#focusEditor();
    else if (focus !== undefined) this.#focus(focus);
  }

  #looksShown(): string {
    return this.words.map((word) => `${this.#looks.labelOf(word)} ${this.#looks.colorOf(word)}`).join('\n');
  }

  #focusEditor(): void {
    const input = this.element.querySelector('input');
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }

  #focus(focus: number | 'add'): void {
    const target = typeof focus === 'number' ? this.#chips()[focus]?.querySelector<HTMLElement>('.word') : undefined;
    (target ?? this.element.querySelector<HTMLElement>('.add'))?.focus();
  }

  #chip(word: string, index: number): HTMLElement {
    const last = this.words.length - 1;
    const label = this.#looks.labelOf(word);
    const name = label === word ? word : t('{0} ({1})', label, word);
    const look = {
      label,
      color: this.#looks.colorOf(word),
      name: t('{0}, prompt {1} of {2}', name, index + 1, last + 1),
    };
    const on = {
      edit: () => this.#editWord(word),
      remove: () => this.#remove(word),
      step: (by: 1 | -1) => this.#focus(index + by > last ? 'add' : Math.max(0, index + by)),
      move: (by: 1 | -1) => {
        const to = index + by;
        if (to >= 0 && to <= last) this.#change(moved(this.words, index, by > 0 ? to + 1 : to), to);
      },
      hot: (isHot: boolean) => this.#onHot(isHot ? index : undefined),
    };
    return chip(word, look, on, this.#whyNot);
  }
}
