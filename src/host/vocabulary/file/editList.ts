import { newItem, type Item, type JsonList } from './jsonList';

/**
 * The list without some of its items, and these. A comment above several entries is their heading and
 * stays; so does an empty line above them.
 */
export function withoutItems(
  list: JsonList,
  isGone: (item: Item) => boolean,
): { readonly list: JsonList; readonly taken: readonly Item[] } {
  const items = [...list.items];
  const gone = items.map(isGone);
  gone.forEach((isTaken, i) => {
    const [item, next] = [items[i]!, items[i + 1]];
    if (!isTaken || !next || !isPlain(next)) return;
    // What stands above a property is about it alone.
    const lead = list.isArray ? item.lead : '';
    items[i] = { ...item, gap: next.gap, lead: list.isArray ? '' : item.lead };
    items[i + 1] = { ...next, gap: item.gap, lead };
  });
  return { list: { ...list, items: items.filter((_, i) => !gone[i]) }, taken: items.filter((_, i) => gone[i]) };
}

/** The list with more items at a place; left out: at the end. They are spaced as the others are. */
export function withItems(list: JsonList, added: readonly Item[], at = list.items.length): JsonList {
  if (added.length === 0) return list;
  const gap = gapOf(list);
  const items = list.items.toSpliced(at, 0, ...added.map((item) => ({ ...item, gap })));
  const [first, displaced] = [items[0]!, items[added.length]];
  if (at === 0 && displaced && isPlain(displaced)) {
    items[0] = { ...first, gap: displaced.gap };
    items[added.length] = { ...displaced, gap };
  }
  const { lineBreak, outer } = list.layout;
  const isClosed = list.items.length > 0 || /[\r\n]/.test(list.end);
  return { ...list, items, end: isClosed ? list.end : lineBreak + outer };
}

export function withBodies(list: JsonList, bodies: readonly string[], at?: number): JsonList {
  return withItems(list, bodies.map(newItem), at);
}

/** Neither under a comment nor under an empty line. */
function isPlain({ gap, lead }: Item): boolean {
  return lead === '' && gap.split(/\r\n|\n|\r/).length <= 2;
}

/** What stands between two items. */
function gapOf({ items: [first, second], layout }: JsonList): string {
  if (!first) return layout.lineBreak + layout.outer + layout.step;
  const gap = second?.gap ?? (/[\r\n]/.test(first.gap) ? first.gap : ' ');
  const indentation = /[\r\n]([ \t]*)$/.exec(gap)?.[1];
  return indentation === undefined ? gap : layout.lineBreak + indentation;
}
