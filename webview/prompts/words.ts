/**
 * With single spaces, without empty words and without those that CLIP cannot tell from an
 * earlier one: letter case does not count for it.
 */
export function tidy(words: readonly string[]): string[] {
  const seen = new Set<string>();
  return words
    .map((word) => word.trim().replace(/\s+/g, ' '))
    .filter((word) => {
      const key = word.toLowerCase();
      const isNew = key !== '' && !seen.has(key);
      seen.add(key);
      return isNew;
    });
}

/** Commas and line breaks separate prompts. */
export function split(text: string): string[] {
  return text.split(/[,\n]/);
}

export function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}

/** The list with one word put before the place `to`, which counts in the list as it was. */
export function moved(words: readonly string[], from: number, to: number): string[] {
  const rest = words.filter((_, i) => i !== from);
  rest.splice(to > from ? to - 1 : to, 0, words[from]!);
  return rest;
}
