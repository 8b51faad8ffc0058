import { DEFAULT_ASPECT, DEFAULT_METHOD } from '../../../protocol/explanation';
import { t } from '@vscode/l10n';
import { isAlias, isMap, isScalar, isSeq, visit, type Document, type YAMLMap } from 'yaml';
import type { Aspect, MethodName } from '../../../protocol/explanation';
import { isBareWords } from './bareWords';

import { listEdit, wordsInPlace } from './editList';
import { applyEdits, addKey, removeKey, type Edit } from './edits';
import { Problems } from './problems';
import { NodeReader } from './readNode';
import { parseYaml } from './parseYaml';
import { readCell } from './readCell';
import { ValueReader } from './readValues';
import { oneOrList, writeKey, writeList, type CellValue } from './writeCell';

export { writeCell } from './writeCell';

export interface CellChange {
  /** Left out or empty: what the cell says stays. */
  readonly prompts?: readonly string[];
  readonly methods: readonly MethodName[];
  /** Left out: the one that the model is explained at. */
  readonly side?: number;
  readonly aspect: Aspect;
}

/**
 * The source of a cell with other words and settings. Comments, the other keys and the way all is
 * written stay; words alone stay words alone as long as only they change.
 * @throws Error with one sentence where the source cannot be read as YAML.
 */
export function updateCell(text: string, change: CellChange): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return update(text.replaceAll('\r\n', '\n'), change).replaceAll('\n', lineBreak);
}

function update(text: string, change: CellChange): string {
  if (isBareWords(text)) return updateWords(text, change);
  const document = parseYaml(text);
  const { contents } = document;
  if (document.errors.length > 0) throw new Error(t('The cell cannot be updated: correct its mistakes first.'));
  if (isMap(contents)) return updateKeys(text, contents, change);
  if (contents === null) {
    const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return updateWords(`${start}${writeList(change.prompts ?? [])}`, change);
  }
  return updateWords(text, change);
}

/** Of a cell of words alone; with other settings than the usual ones it gets keys. */
function updateWords(text: string, change: CellChange): string {
  const words = change.prompts?.length ? change.prompts : (readCell(text, { models: [] }).request?.prompts ?? []);
  if (words.length === 0) return text;
  const isUsual = change.methods.length === 1 && change.methods[0] === DEFAULT_METHOD;
  const updated = wordsInPlace(text, words).find((candidate) => isAboutAbove(candidate, words));
  if (updated === undefined) throw new Error(t('The cell cannot be updated: correct its mistakes first.'));
  if (isUsual && change.side === undefined && change.aspect === DEFAULT_ASPECT) return updated;
  const document = parseYaml(updated);
  const { contents } = document;
  if (isSeq(contents) && !contents.flow) {
    const start = updated.lastIndexOf('\n', contents.range![0] - 1) + 1;
    return update(`${updated.slice(0, start)}prompts:\n${updated.slice(start)}`, change);
  }
  const comments = /^(?:[ \t]*(?:#.*)?\n)*/.exec(updated)![0];
  return update(`${comments}${writeKey('prompts', words)}`, change);
}

function isAboutAbove(text: string, words: readonly string[]): boolean {
  const { request, keys } = readCell(text, { models: [] });
  return keys.length === 0 && isSame(request?.prompts, words);
}

function updateKeys(text: string, map: YAMLMap, change: CellChange): string {
  const source = text.endsWith('\n') ? text : `${text}\n`;
  const current = settingsOf(parseYaml(source), source);
  const wanted = new Map<string, CellValue | undefined>();
  const want = (key: string, value: CellValue | undefined) => wanted.set(key, value);
  if (change.prompts?.length && !isSame(current.prompts, change.prompts)) want('prompts', change.prompts);
  if (!isSame(current.methods ?? [DEFAULT_METHOD], change.methods)) want('method', oneOrList(change.methods));
  if (current.side !== change.side || (change.side === undefined && map.has('size'))) want('size', change.side);
  if ((current.aspect ?? DEFAULT_ASPECT) !== change.aspect) want('aspect', change.aspect);
  const edited = map.flow ? undefined : edit(source, parseYaml(source).contents as YAMLMap, wanted);
  const isRight = edited !== undefined && hasAll(edited, wanted, source);
  const updated = isRight ? edited : rewrite(source, wanted);
  return text.endsWith('\n') ? updated : updated.replace(/\n$/, '');
}

/** In place, so that all the rest stays to the letter. */
function edit(source: string, map: YAMLMap, wanted: ReadonlyMap<string, CellValue | undefined>): string | undefined {
  const edits: Edit[] = [];
  for (const [key, value] of wanted) {
    const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (value === undefined) edits.push(...removeKey(source, pair));
    else if (pair) {
      const change = listEdit(source, pair.value, key, value);
      if (!change) return undefined;
      edits.push(...change);
    } else edits.push(addKey(source, map, key, value));
  }
  return applyEdits(source, edits);
}

/** Where a cell is written in an unusual way: the values are the same, and the comments stay. */
function rewrite(source: string, wanted: ReadonlyMap<string, CellValue | undefined>): string {
  const document = parseYaml(source);
  visit(document, {
    // `*.png` is taken as it stands.
    Alias: (_, alias) => (alias.resolve(document) ? undefined : document.createNode(`*${alias.source}`)),
  });
  for (const [key, value] of wanted) {
    if (value === undefined) document.delete(key);
    else document.set(key, document.createNode(typeof value === 'number' ? String(value) : value));
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: source.includes('{ ') });
}

function hasAll(text: string, wanted: ReadonlyMap<string, CellValue | undefined>, before: string): boolean {
  const [document, old] = [parseYaml(text), parseYaml(before)];
  if (document.errors.length > 0 || !isMap(document.contents) || !isMap(old.contents)) return false;
  const now = settingsOf(document, text);
  const others = (map: YAMLMap) =>
    map.items
      .filter(({ key }) => !(isScalar(key) && wanted.has(String(key.value))))
      .map(({ key, value }) => [String(key), isAlias(value) ? value.source : value]);
  return (
    JSON.stringify(others(document.contents)) === JSON.stringify(others(old.contents)) &&
    [...wanted].every(([key, value]) => {
      if (key === 'prompts') return isSame(now.prompts, value as readonly string[]);
      if (key === 'method') return isSame(now.methods, typeof value === 'string' ? [value] : (value as string[]));
      return (key === 'size' ? now.side : now.aspect) === value;
    })
  );
}

function settingsOf(document: Document, source: string) {
  const read = new ValueReader(new NodeReader(source, document, new Problems(source)), []);
  const value = (key: string) => (isMap(document.contents) ? document.contents.get(key, true) : undefined);
  const of = <T>(key: string, reader: (node: unknown) => T) =>
    value(key) === undefined ? undefined : reader(value(key));
  return {
    prompts: of('prompts', (node) => read.prompts(node)),
    methods: of('method', (node) => read.methods(node)),
    side: of('size', (node) => read.side(node)),
    aspect: of('aspect', (node) => read.aspect(node)),
  };
}

function isSame(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a?.length === b.length && a.every((word, i) => word === b[i]);
}
