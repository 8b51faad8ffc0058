/** A part of a text that may be the address of an image. */
export interface AddressSpan {
  readonly start: number;
  readonly end: number;
  /** Whether Markdown or HTML says how it is written. */
  readonly isMarkup: boolean;
}

/** Where the extension of an image stands in a text, and the first place where the address may begin. */
export interface Extension {
  readonly floor: number;
  readonly dot: number;
  readonly end: number;
}

/** Nothing that is longer is taken for an address; it also bounds the work on lines without end. */
export const LONGEST_ADDRESS = 1024;

const QUERY_AND_FRAGMENT = /^(?:[?#][^\s"'`<>()]*)?/;
const TITLE_AND_PARENTHESIS = /^\s*(?:(?:"[^"]*"|'[^']*'|\([^()]*\))\s*)?\)/;
/** What stands before the field of a YAML or INI file: a list's dash and a key. */
const KEY = /^\s*(?:[-*+]\s+)?(?:[\w.-]+\s*(?::\s|=)\s*)?/;
/** Never in a path that stands unquoted; brackets are, in pairs. */
const DELIMITER = /[\s"'`<>|*,;“”‘’«»]/;
const [OPENING, CLOSING] = ['([{', ')]}'];
/** So many of `a=b:c.png`, `b:c.png`, `c.png` are tried. */
const MOST_BARE = 4;

/** All that an address with this extension may be, longest first. */
export function addressSpans(text: string, extension: Extension): readonly AddressSpan[] {
  const { dot, end } = extension;
  const floor = Math.max(extension.floor, dot - LONGEST_ADDRESS);
  const rest = text.slice(end, end + LONGEST_ADDRESS);
  const before = text.slice(floor, dot);
  const tail = QUERY_AND_FRAGMENT.exec(rest)![0].length;
  const after = rest.slice(tail);

  const enclosed = [parenthesised(before, after), inAngleBrackets(before, after), quoted(before, after)];
  const spans = enclosed.flatMap((found) => (found ? [{ ...found, end: end + tail }] : []));
  const open = bareStarts(before).map((start) => ({ start, end, isMarkup: false }));
  const field = spans.length === 0 ? fieldStart(before, rest) : undefined;
  if (field !== undefined) open.unshift({ start: field, end, isMarkup: false });
  return [...spans, ...open]
    .map((span) => ({ ...span, start: span.start + floor }))
    .filter(({ start }) => start < dot && !/[\\/]/.test(text[dot - 1]!)); // `.png` alone names no file
}

type Start = Omit<AddressSpan, 'end'> | undefined;

/** `](path.png "title")` */
function parenthesised(before: string, after: string): Start {
  const start = before.lastIndexOf('](') + 2;
  if (start < 2 || !TITLE_AND_PARENTHESIS.test(after)) return undefined;
  return { start: start + /^\s*/.exec(before.slice(start))![0].length, isMarkup: true };
}

/** `](<my path.png>)` and `[id]: <my path.png>` */
function inAngleBrackets(before: string, after: string): Start {
  const bracket = before.lastIndexOf('<');
  if (!after.startsWith('>') || !/\](?:\(\s*|:\s*)$/.test(before.slice(Math.max(0, bracket - 8), bracket))) return;
  return { start: bracket + 1, isMarkup: true };
}

/** `"path.png"`, also within another string, where the quotes are escaped. */
function quoted(before: string, after: string): Start {
  const quote = /^\\?(["'`])/.exec(after)?.[1];
  if (!quote || !before.includes(quote)) return undefined;
  const start = before.lastIndexOf(quote) + 1;
  return { start, isMarkup: /\b(?:src|href)\s*=\s*$/i.test(before.slice(Math.max(0, start - 16), start - 1)) };
}

/** `my path.png` as a cell of a table, a value in YAML or a line of its own: spaces are part of it. */
function fieldStart(before: string, rest: string): number | undefined {
  if (!/^\s*(?:[,;\t|#]|$)/.test(rest)) return undefined;
  const cell = /[^,;\t|"'`<>()]*$/.exec(before)!;
  const start = cell.index + KEY.exec(cell[0])![0].length;
  return before.slice(start).includes(' ') ? start : undefined;
}

/** Where a path without spaces may start: as far to the left as possible, and after `key=` and `key:`. */
function bareStarts(before: string): readonly number[] {
  let start = before.length;
  let closed = 0;
  for (; start > 0; start--) {
    const character = before[start - 1]!;
    if (DELIMITER.test(character)) break;
    if (CLOSING.includes(character)) closed++;
    else if (OPENING.includes(character) && --closed < 0) break;
  }
  const path = before.slice(start);
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(path)) return [start];
  const separators = [...path.matchAll(/[=:]/g)].map(({ index }) => start + index + 1);
  return [start, ...separators].slice(0, MOST_BARE);
}
