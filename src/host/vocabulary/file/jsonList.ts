import type { Node } from 'jsonc-parser';
import { layoutAt, type Layout } from './layout';
import { endsInLineComment, readTrivia, splitAfterComments, splitBeforeComments } from './trivia';

/**
 * The text of a JSON array or object, cut into what belongs to its items. Written again it is the
 * same to the letter, so that items can come and go and nothing else changes.
 */
export interface JsonList {
  /** What follows the opening bracket on its line. */
  readonly open: string;
  readonly items: readonly Item[];
  /** What stands between the last item and the closing bracket. */
  readonly end: string;
  readonly endsInComma: boolean;
  readonly isArray: boolean;
  readonly layout: Layout;
}

/** In the order of the text. A comment in front of an item and one behind it on its line belong to it. */
export interface Item {
  /** An entry or a property; left out for a new one. */
  readonly node?: Node;
  /** White space. */
  readonly gap: string;
  /** Comments in front, and the white space behind them. */
  readonly lead: string;
  readonly body: string;
  readonly beforeComma: string;
  readonly restOfLine: string;
}

export function newItem(body: string): Item {
  return { gap: '', lead: '', body, beforeComma: '', restOfLine: '' };
}

/** @param node an array or an object in a text without mistakes */
export function readList(text: string, node: Node): JsonList {
  const nodes = node.children ?? [];
  const close = node.offset + node.length - 1;
  const starts = nodes.map(({ offset }) => offset);
  const first = readTrivia(text.slice(node.offset + 1, starts[0] ?? close));
  let before = first.nextLines;
  let endsInComma = false;
  const items = nodes.map((child, i): Item => {
    const from = child.offset + child.length;
    const [gap, lead] = splitBeforeComments(before);
    const { beforeComma, hasComma, restOfLine, nextLines } = readTrivia(text.slice(from, starts[i + 1] ?? close));
    before = nextLines;
    endsInComma = hasComma;
    return { node: child, gap, lead, body: text.slice(child.offset, from), beforeComma, restOfLine };
  });
  const list = { endsInComma, isArray: node.type === 'array', layout: layoutAt(text, node.offset) };
  // Comments before a bracket on the same line belong to what is in front of them.
  const [comments, end] = splitAfterComments(before);
  if (/[\r\n]/.test(before)) return { ...list, open: first.restOfLine, items, end: before };
  const last = items.pop();
  if (!last) return { ...list, open: first.restOfLine + comments, items, end };
  const restOfLine = last.restOfLine + comments;
  return { ...list, open: first.restOfLine, items: [...items, { ...last, restOfLine }], end };
}

export function writeList({ open, items, end, endsInComma, isArray, layout }: JsonList): string {
  let text = open;
  let restOfLine = open;
  // A comment that came from elsewhere must not swallow what follows it.
  const goOn = (next: string) => {
    if (endsInLineComment(restOfLine) && !/^[ \t]*[\r\n]/.test(next)) text += layout.lineBreak + layout.outer;
    text += next;
  };
  items.forEach((item, i) => {
    const comma = endsInComma || i < items.length - 1 ? ',' : '';
    goOn(item.gap + item.lead + item.body + item.beforeComma + comma);
    restOfLine = item.restOfLine;
    text += restOfLine;
  });
  goOn(end);
  const inner = items.length === 0 && text.trim() === '' ? '' : text;
  return isArray ? `[${inner}]` : `{${inner}}`;
}
