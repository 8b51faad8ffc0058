import { CELL_KEYS, isCellKey, type CellKey } from './cellKeys';
import type { Place } from './problems';

/** Where a key can be completed. */
export interface KeyPlace extends Place {
  readonly kind: 'key';
  readonly used: readonly CellKey[];
  /** Nothing but words so far: more words can come here as well. */
  readonly isBare: boolean;
}

/** Where a value, or one entry of a list, can be completed: without its quotes. */
export interface ValuePlace extends Place {
  readonly kind: 'value';
  readonly key: CellKey;
  /** As far as the cursor. */
  readonly typed: string;
  readonly quote: '' | '"' | "'";
  /** A colon, a dash or a comma stands right before. */
  readonly needsSpace: boolean;
  readonly others: readonly string[];
}

const KEY_LINE = /^[ \t]*([A-Za-z_]\w*)[ \t]*:(?=\s|$)/;

/**
 * What can be completed at a place. Cells are mostly broken YAML while they are written, so this looks
 * at lines, brackets and commas only.
 */
export function completionPlace(text: string, offset: number): KeyPlace | ValuePlace | undefined {
  const lineFrom = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineFrom, offset);
  const region = regionAt(text, offset);
  const used = [...text.matchAll(new RegExp(KEY_LINE, 'gm'))].map(([, name]) => name!).filter(isCellKey);
  const segment = region && segmentAt(text, region, offset);
  if (segment?.isComment || /^\s*#/.test(before)) return undefined;
  const isContinued = /^\s*-(?:\s|$)/.test(before) || (segment && segment.depth > 0) || /^\s+\S*/.test(before);
  const isOnKeyLine = region?.key !== undefined && region.start > lineFrom;
  if (/^\w*$/.test(before) && !isOnKeyLine && !(segment && segment.depth > 0)) {
    const rest = /^\w*/.exec(text.slice(offset))![0];
    // The key that is being changed can still be chosen.
    const here = KEY_LINE.exec(text.slice(lineFrom).split('\n', 1)[0]!)?.[1];
    return {
      kind: 'key',
      start: lineFrom,
      end: offset + rest.length,
      used: used.filter((key) => key !== here),
      isBare: used.length === 0,
    };
  }
  if (!region || !segment) return undefined;
  if (region.key === undefined) return used.length === 0 ? { ...segment.place, key: 'prompts' } : undefined;
  if (!isCellKey(region.key) || !(isOnKeyLine || isContinued)) return undefined;
  return { ...segment.place, key: region.key };
}

interface Region extends Place {
  /** Undefined in a cell of words alone. */
  readonly key?: string;
}

/** All that belongs to the key above or before a place. */
function regionAt(text: string, offset: number): Region | undefined {
  let region: Region = { start: 0, end: text.length };
  for (const match of text.matchAll(new RegExp(KEY_LINE, 'gm'))) {
    const [whole, key] = match;
    if (match.index + whole.length > offset) {
      const isInside = match.index < offset;
      return isInside ? undefined : { ...region, end: match.index };
    }
    region = { key: key!, start: match.index + whole.length, end: text.length };
  }
  return region;
}

/** The entry at a place: between commas, brackets, dashes and line breaks. */
function segmentAt(text: string, region: Region, offset: number) {
  const hasCommas = region.key === undefined || region.key === 'prompts' || region.key === 'method';
  const others: string[] = [];
  let [start, depth, quote, isComment] = [region.start, 0, '' as ValuePlace['quote'], false];
  let found: { place: ValuePlace; depth: number; isComment: boolean } | undefined;
  const close = (end: number) => {
    const entry = text.slice(start, end);
    const lead = /^\s*(?:-(?=\s|$)\s*)?/.exec(entry)![0].length;
    const first = start + lead;
    const opening = /^["']/.exec(text.slice(first, end))?.[0] as '"' | "'" | undefined;
    const from = Math.min(first + (opening ? 1 : 0), Math.max(offset, first));
    const body = text.slice(from, end).replace(opening ? new RegExp(`${opening}\\s*$`) : /\s+$/, '');
    if (found || offset < start || offset > end) {
      if (body.trim() !== '' && !isComment) others.push(body.trim());
      return;
    }
    const inside = { start: Math.min(from, offset), end: Math.max(from + body.length, offset) };
    found = {
      depth,
      isComment,
      place: {
        ...{ kind: 'value', key: 'prompts', ...inside, quote: opening ?? '', others },
        typed: text.slice(inside.start, offset),
        needsSpace: /[:,-]$/.test(text.slice(0, inside.start)) && !opening,
      },
    };
  };
  for (let i = region.start; i < region.end; i++) {
    const letter = text[i]!;
    const isFirst = /^\s*(?:-\s+)?$/.test(text.slice(start, i).slice(-200));
    if (letter === '\n') {
      close(i);
      [start, quote, isComment] = [i + 1, '', false];
    } else if (isComment) continue;
    else if (quote !== '') quote = letter === quote ? '' : quote;
    else if ((letter === '"' || letter === "'") && isFirst) quote = letter;
    else if (letter === '#' && (i === 0 || /\s/.test(text[i - 1]!))) {
      close(i - 1 < start ? start : i - 1);
      [start, isComment] = [i, true];
    } else if (letter === '[' && isFirst) [start, depth] = [i + 1, depth + 1];
    else if ((letter === ',' && (depth > 0 || hasCommas)) || (letter === ']' && depth > 0)) {
      close(i);
      start = i + 1;
      if (letter === ']') depth--;
    }
  }
  close(region.end);
  return found;
}

/** The keys that can still be written; one of `image` and `images` is enough. */
export function unusedKeys(used: readonly CellKey[]): readonly CellKey[] {
  const isPicture = (key: CellKey) => key === 'image' || key === 'images';
  return CELL_KEYS.filter((key) => !used.includes(key) && !(isPicture(key) && used.some(isPicture)));
}
