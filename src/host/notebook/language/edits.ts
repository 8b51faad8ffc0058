import { isNode, isScalar, type Pair, type YAMLMap } from 'yaml';
import { CELL_KEYS } from './cellKeys';
import { writeKey, type CellValue } from './writeCell';

/** A part of the source, and what takes its place. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits do not overlap; those at one place come in their own order. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let result = '';
  let done = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += source.slice(done, start) + text;
    done = end;
  }
  return result + source.slice(done);
}

/** A line of its own, behind the keys that come before it in the usual order. */
export function addKey(source: string, map: YAMLMap, key: string, value: CellValue): Edit {
  const rank = (name: unknown) => (CELL_KEYS as readonly unknown[]).indexOf(isScalar(name) ? name.value : name);
  const before = map.items.filter((item) => rank(item.key) >= 0 && rank(item.key) < rank(key)).at(-1);
  const place = before ? lineAfter(source, endOf(before)) : lineStart(source, startOf(map.items[0]));
  const column = startOf(map.items[0]) - lineStart(source, startOf(map.items[0]));
  const text = writeKey(key, value).replace(/^/gm, ' '.repeat(column));
  return { start: place, end: place, text: `${text}\n` };
}

/** The whole lines of a key. */
export function removeKey(source: string, pair: Pair | undefined): readonly Edit[] {
  return pair ? [{ start: lineStart(source, startOf(pair)), end: lineAfter(source, endOf(pair)), text: '' }] : [];
}

export function lineStart(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1;
}

/** The start of the next line; an offset at the start of a line is that already. */
export function lineAfter(source: string, offset: number): number {
  if (offset > 0 && source[offset - 1] === '\n') return offset;
  const lineBreak = source.indexOf('\n', offset);
  return lineBreak < 0 ? source.length : lineBreak + 1;
}

function startOf(pair: Pair | undefined): number {
  return pair && isNode(pair.key) ? pair.key.range![0] : 0;
}

function endOf(pair: Pair): number {
  const last = isNode(pair.value) ? pair.value : pair.key;
  return isNode(last) ? last.range![1] : 0;
}
