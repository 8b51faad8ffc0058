import { isNode, isScalar, isSeq, type YAMLSeq } from 'yaml';
import { readBareWords } from './bareWords';
import { applyEdits, lineAfter, lineStart, type Edit } from './edits';
import { Problems } from './problems';
import { parseYaml } from './parseYaml';
import { writeKey, writeList, writeWord, type CellValue } from './writeCell';

/** A value's edits, in the style that it is written in; undefined where that is too unusual. */
export function listEdit(source: string, node: unknown, key: string, value: CellValue): readonly Edit[] | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [start, end] = node.range;
  if (isSeq(node) && !node.flow) return typeof value === 'object' ? blockEdits(source, node, value) : undefined;
  const old = source.slice(start, end);
  // Comments between the entries would be lost.
  if (isSeq(node) && /\s#/.test(old)) return undefined;
  const space = source[start - 1] === ':' ? ' ' : '';
  return [{ start, end, text: `${space}${valueText(old, node, key, value)}${old.endsWith('\n') ? '\n' : ''}` }];
}

function valueText(old: string, node: unknown, key: string, value: CellValue): string {
  if (typeof value !== 'object') return writeKey(key, value).slice(key.length + 2);
  const isLine = key === 'prompts' && isScalar(node) && node.type === 'PLAIN' && !old.includes('\n') && old !== '';
  if (isLine && value.every(isPlain)) return value.join(', ');
  const text = writeKey(key, value).slice(key.length + 1);
  if (text.startsWith('\n')) return isSeq(node) ? brackets(old, value) : text.trimEnd();
  return isSeq(node) ? brackets(old, value) : text.slice(1);
}

/** As somebody began it, with or without spaces inside. */
function brackets(old: string, words: readonly string[]): string {
  const space = /^\[ /.test(old) ? ' ' : '';
  return `[${space}${words.map(writeWord).join(', ')}${space}]`;
}

/** Entries that stay keep their comments; one in the place of another takes over the comments of that. */
function blockEdits(source: string, list: YAMLSeq, words: readonly string[]): readonly Edit[] | undefined {
  const items = list.items.filter((item) => isScalar(item)).filter((item) => item.range);
  const dash = /^(\s*-\s+)\S/.exec(source.slice(lineStart(source, list.range![0])))?.[1];
  if (items.length !== list.items.length || items.length === 0 || dash === undefined) return undefined;
  let from = lineStart(source, items[0]!.range![0]);
  const first = from;
  const lines = items.map((item) => {
    const [start, end] = item.range!;
    const [lineFrom, to] = [from, lineAfter(source, end)];
    from = to;
    const replaced = (word: string) => {
      const line = source.slice(lineFrom, start) + writeWord(word) + source.slice(end, to);
      return line.endsWith('\n') ? line : `${line}\n`;
    };
    return { word: String(item.value).trim(), text: source.slice(lineFrom, to), replaced };
  });
  const text = words.map((word, i) => {
    const same = lines.find((line) => line.word === word);
    if (same) return same.text;
    const there = lines[i];
    return there && !words.includes(there.word) ? there.replaced(word) : `${dash}${writeWord(word)}\n`;
  });
  return [{ start: first, end: from, text: text.join('') }];
}

/** Ways to write other words into a cell of words alone, the likeliest to keep its looks first. */
export function wordsInPlace(text: string, words: readonly string[]): readonly string[] {
  const { contents } = parseYaml(text);
  const source = text.endsWith('\n') ? text : `${text}\n`;
  const restored = (updated: string) => (text.endsWith('\n') ? updated : updated.replace(/\n$/, ''));
  if (isSeq(contents)) {
    const edits = listEdit(source, contents, '', words);
    return [...(edits ? [restored(applyEdits(source, edits))] : []), afterComments(text, writeList(words))];
  }
  const places = readBareWords(text, new Problems(text));
  if (places.length === 0) return [afterComments(text, writeList(words))];
  const whole = { start: places[0]!.start, end: places.at(-1)!.end };
  const separator = text.slice(whole.start, whole.end).includes('\n') ? '\n' : ', ';
  const one = places.length === words.length ? [places.map((place, i) => ({ ...place, text: words[i]! }))] : [];
  return [
    ...one.map((edits) => applyEdits(text, edits)),
    applyEdits(text, [{ ...whole, text: words.join(separator) }]),
    afterComments(text, writeList(words)),
  ];
}

function afterComments(text: string, list: string): string {
  return `${/^(?:[ \t]*(?:#.*)?\n)*/.exec(text)![0]}${list}`;
}

/** Whether a word can stand between commas without quotes. */
function isPlain(word: string): boolean {
  return writeWord(word) === word && !/[,[\]{}\n]/.test(word);
}
