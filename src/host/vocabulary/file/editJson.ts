import { t } from '@vscode/l10n';
import type { Node } from 'jsonc-parser';
import { withBodies, withoutItems } from './editList';
import { readList, writeList, type Item, type JsonList } from './jsonList';
import { fieldOf, parseJson } from './jsonTree';

/** Names of fields from the outermost object inwards. */
export type Path = readonly string[];

/**
 * The value at a path; undefined where there is none.
 * @throws Error with one sentence when the text has mistakes that are in the way.
 */
export function valueAt(text: string, path: Path): Node | undefined {
  const { root } = parseJson(text);
  if (root?.type !== 'object') throw cannotEdit();
  return path.reduce<Node | undefined>((node, name) => {
    if (node && node.type !== 'object') throw cannotEdit();
    return node && fieldOf(node, name);
  }, root);
}

/** @throws Error with one sentence when there is no such array or object at the path. */
export function editList(
  text: string,
  path: Path,
  type: 'array' | 'object',
  change: (list: JsonList) => JsonList,
): string {
  const node = valueAt(text, path);
  if (node?.type !== type) throw cannotEdit();
  const changed = writeList(change(readList(text, node)));
  return text.slice(0, node.offset) + changed + text.slice(node.offset + node.length);
}

/** @param at of the names that are there, where a new field goes; left out: at the end */
export function putField(
  text: string,
  path: Path,
  name: string,
  json: string,
  at?: (names: readonly string[]) => number,
): string {
  return editList(text, path, 'object', (list) => {
    const index = list.items.findLastIndex((item) => nameOf(item) === name);
    const item = list.items[index];
    if (!item) return withBodies(list, [`${JSON.stringify(name)}: ${json}`], at?.(list.items.map(nameOf)));
    const [, value] = item.node!.children!;
    return { ...list, items: list.items.with(index, replaceIn(item, value!, json)) };
  });
}

/** Also where the name comes several times. */
export function removeField(text: string, path: Path, name: string): string {
  return editList(text, path, 'object', (list) => withoutItems(list, (item) => nameOf(item) === name).list);
}

/** Also where the name comes several times. */
export function renameField(text: string, path: Path, name: string, to: string): string {
  return editList(text, path, 'object', (list) => ({
    ...list,
    items: list.items.map((item) => {
      const [key] = item.node!.children!;
      return nameOf(item) === name ? replaceIn(item, key!, JSON.stringify(to)) : item;
    }),
  }));
}

/** @param part a node within the item's own */
export function replaceIn(item: Item, part: Node, json: string): Item {
  const start = part.offset - item.node!.offset;
  return { ...item, body: item.body.slice(0, start) + json + item.body.slice(start + part.length) };
}

function nameOf({ node }: Item): string {
  return node!.children![0]!.value as string;
}

function cannotEdit(): Error {
  return new Error(t('The vocabulary file cannot be edited: correct its mistakes first.'));
}
