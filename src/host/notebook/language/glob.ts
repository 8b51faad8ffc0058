/** Whether a path holds a wildcard: `*`, `?`, `[ab]` or `{a,b}`. */
export function isGlob(path: string): boolean {
  return /[*?]|\[[^\]]+\]|\{[^}]*\}/.test(path);
}

/** The folders before the first wildcard, and the rest. */
export function splitGlob(glob: string): { readonly folder: string; readonly pattern: string } {
  const parts = glob.split('/');
  const first = parts.findIndex(isGlob);
  const count = first < 0 ? parts.length - 1 : first;
  return { folder: parts.slice(0, count).join('/'), pattern: parts.slice(count).join('/') };
}

/** More alternatives than anybody writes. */
const MOST_ALTERNATIVES = 200;

/** Whether a file name fits a pattern without folders. Takes time in proportion to the product of their lengths. */
export function matchesGlob(name: string, pattern: string): boolean {
  return alternatives(pattern).some((alternative) => matches(name, tokens(alternative)));
}

type Token = '*' | ((letter: string) => boolean);

function matches(name: string, pattern: readonly Token[]): boolean {
  // reached[j]: whether the letters so far fit the first j tokens.
  let reached = pattern.reduce((row, token, j) => [...row, row[j]! && token === '*'], [true]);
  for (const letter of name) {
    const next = [false];
    pattern.forEach((token, j) => {
      next.push(token === '*' ? next[j]! || reached[j + 1]! : reached[j]! && token(letter));
    });
    reached = next;
  }
  return reached.at(-1)!;
}

function tokens(pattern: string): Token[] {
  return [...pattern.matchAll(/\*+|\?|\[[!^]?[^\]]+\]|./gsu)].map(([token]): Token => {
    if (token.startsWith('*')) return '*';
    if (token === '?') return () => true;
    return token.length > 2 && token.startsWith('[') ? letters(token.slice(1, -1)) : (letter) => letter === token;
  });
}

/** `a-z`, `!0-9` and the like. */
function letters(set: string): (letter: string) => boolean {
  const isNegated = /^[!^]/.test(set);
  const ranges = [...set.slice(isNegated ? 1 : 0).matchAll(/(.)-(.)|./gsu)];
  return (letter) =>
    isNegated !== ranges.some(([one, from, to]) => (from && to ? from <= letter && letter <= to : one === letter));
}

/** `{a,b}` is either of them. */
function alternatives(pattern: string): readonly string[] {
  let all = [pattern];
  for (;;) {
    const open = all.findIndex((each) => /\{[^{}]*\}/.test(each));
    if (open < 0 || all.length > MOST_ALTERNATIVES) return all;
    all = all.flatMap((each) => {
      const group = /\{([^{}]*)\}/.exec(each);
      return group ? group[1]!.split(',').map((part) => each.replace(group[0], () => part)) : [each];
    });
  }
}
