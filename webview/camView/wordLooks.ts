import type { PromptMap } from '../../src/protocol/explanation';
import type { PromptLook } from '../../src/protocol/panel';

/**
 * Okabe and Ito's colours, which people with colour-blindness tell apart; black is left out and
 * the blues come late because they are hard to see on dark themes.
 */
const PALETTE = ['#e69f00', '#56b4e9', '#009e73', '#cc79a7', '#d55e00', '#f0e442', '#0072b2', '#999999'];

/** Label and colour of every word: those that it brings, else its text and a colour of the palette. */
export class WordLooks {
  #given: ReadonlyMap<string, PromptLook> = new Map();
  /** Colours of the palette, by word. */
  readonly #chosen = new Map<string, string>();

  /** Takes these labels and colours and forgets those before; a later one of the same word counts. */
  give(looks: Iterable<readonly [word: string, look: PromptLook]>): void {
    this.#given = new Map([...looks].map(([word, look]) => [word, checked(look)]));
  }

  /**
   * Frees the colours of words that are no longer shown and gives new words the least used ones. A word keeps its
   * colour while other words come, go and move, unless one of them brings that very colour.
   */
  assign(words: readonly string[]): void {
    const shown = new Set(words);
    const brought = new Set(words.map((word) => this.#given.get(word)?.color));
    const bringsColor = (word: string) => this.#given.get(word)?.color !== undefined;
    for (const [word, color] of this.#chosen) {
      if (!shown.has(word) || bringsColor(word) || brought.has(color)) this.#chosen.delete(word);
    }
    const uses = new Map(PALETTE.map((color) => [color, brought.has(color) ? words.length : 0]));
    for (const color of this.#chosen.values()) uses.set(color, uses.get(color)! + 1);
    for (const word of shown) {
      if (this.#chosen.has(word) || bringsColor(word)) continue;
      const color = PALETTE.reduce((least, one) => (uses.get(one)! < uses.get(least)! ? one : least));
      this.#chosen.set(word, color);
      uses.set(color, uses.get(color)! + 1);
    }
  }

  /** As `#rrggbb`. */
  colorOf(word: string): string {
    return this.#given.get(word)?.color ?? this.#chosen.get(word) ?? PALETTE[0]!;
  }

  /** What the word is called; its text where it has no label. */
  labelOf(word: string): string {
    return this.#given.get(word)?.label ?? word;
  }
}

/** The looks that a record's prompts bring. */
export function looksOf(prompts: readonly PromptMap[]): [word: string, look: PromptLook][] {
  return prompts.map(({ text, label, color }) => [text, { label, color }]);
}

/** Only what can be shown: looks come from files that anybody wrote. */
function checked({ label, color }: PromptLook): PromptLook {
  const isColor = typeof color === 'string' && /^#[\da-f]{6}$/i.test(color);
  return {
    label: typeof label === 'string' && label.trim() !== '' ? label : undefined,
    color: isColor ? color.toLowerCase() : undefined,
  };
}
