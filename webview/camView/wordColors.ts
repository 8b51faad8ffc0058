/**
 * Okabe and Ito's colours, which people with colour-blindness tell apart; black is left out and
 * the blues come late because they are hard to see on dark themes.
 */
const PALETTE = ['#e69f00', '#56b4e9', '#009e73', '#cc79a7', '#d55e00', '#f0e442', '#0072b2', '#999999'];

/** Gives every word a colour that it keeps while other words come, go and move. */
export class WordColors {
  private readonly slots = new Map<string, number>();

  /** Frees the colours of words that are no longer shown and gives new words the least used ones. */
  assign(words: readonly string[]): void {
    for (const word of this.slots.keys()) if (!words.includes(word)) this.slots.delete(word);
    for (const word of words) if (!this.slots.has(word)) this.slots.set(word, this.freeSlot());
  }

  of(word: string): string {
    return PALETTE[(this.slots.get(word) ?? 0) % PALETTE.length]!;
  }

  private freeSlot(): number {
    const taken = new Set(this.slots.values());
    let slot = 0;
    while (taken.has(slot)) slot++;
    return slot;
  }
}
