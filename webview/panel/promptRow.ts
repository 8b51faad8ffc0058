import type { ShownVocabulary } from '../../src/protocol/panel';
import { element } from '../camView/dom';
import type { WordLooks } from '../camView/wordLooks';
import { Chips } from '../prompts/chips';
import './promptRow.css';
import { VocabularyLine } from './vocabularyLine';

interface PromptEvents {
  change(): void;
  /** Follow another vocabulary. */
  switch(): void;
  /** Store the prompts in the vocabulary. */
  save(): void;
  reset(): void;
  hot(index: number | undefined): void;
}

/** The prompts as chips, and the vocabulary that they come from. */
export class PromptRow {
  readonly element: HTMLElement;
  private readonly chips: Chips;
  private readonly vocabulary: VocabularyLine;

  constructor(looks: WordLooks, on: PromptEvents) {
    this.vocabulary = new VocabularyLine(on);
    const change = () => {
      this.vocabulary.detach();
      on.change();
    };
    this.chips = new Chips(looks, change, (index) => on.hot(index));
    this.element = element('div', { class: 'prompts' }, this.chips.element, this.vocabulary.element);
  }

  get words(): readonly string[] {
    return this.chips.words;
  }

  set(words: readonly string[], vocabulary: ShownVocabulary): void {
    this.chips.set(words);
    this.vocabulary.set(vocabulary);
  }

  /** Shows labels and colours as they are by now. */
  refresh(): void {
    this.chips.refresh();
  }

  setHot(index: number | undefined): void {
    this.chips.setHot(index);
  }

  undo(): void {
    this.chips.undo();
  }
}
