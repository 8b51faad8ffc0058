import { t } from '@vscode/l10n';
import { element } from '../camView/dom';
import type { WordColors } from '../camView/wordColors';
import { Chips } from '../prompts/chips';
import './promptRow.css';

interface PromptEvents {
  change(): void;
  reset(): void;
  hot(index: number | undefined): void;
}

/** The prompts as chips and, once they are not the model's own any more, the way back to those. */
export class PromptRow {
  readonly element: HTMLElement;
  private readonly chips: Chips;
  private readonly edited: HTMLElement;

  constructor(colors: WordColors, on: PromptEvents) {
    const change = () => {
      this.edited.hidden = false;
      on.change();
    };
    this.chips = new Chips(colors, change, (index) => on.hot(index));
    const reset = element('button', { class: 'link', type: 'button', title: t('Back to the model’s own words') });
    reset.textContent = t('Reset');
    reset.onclick = () => on.reset();
    this.edited = element(
      'span',
      { class: 'edited', hidden: '' },
      element('span', { class: 'dim' }, t('edited')),
      reset,
    );
    this.element = element('div', { class: 'prompts' }, this.chips.element, this.edited);
  }

  get words(): readonly string[] {
    return this.chips.words;
  }

  set(words: readonly string[], isEdited: boolean): void {
    this.chips.set(words);
    this.edited.hidden = !isEdited;
  }

  setHot(index: number | undefined): void {
    this.chips.setHot(index);
  }

  undo(): void {
    this.chips.undo();
  }
}
