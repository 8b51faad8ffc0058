import { replaceIn } from './editJson';
import { withBodies, withItems, withoutItems } from './editList';
import type { Item, JsonList } from './jsonList';
import { fieldOf } from './jsonTree';
import { tidy, type Prompt } from './prompt';
import { textOfEntry } from './readPrompts';
import { editing, editVocabulary, writePrompt, type VocabularyEdit } from './vocabularyEdit';
import { promptProblem } from './words';

/**
 * Prompts that are there already are skipped.
 * @param base prompts that the vocabulary starts with when the file does not hold it yet
 * @param at position among the vocabulary's prompts; left out: at the end
 */
export function addPrompts(
  vocabulary: string,
  prompts: readonly Prompt[],
  base: readonly Prompt[] = [],
  at?: number,
): VocabularyEdit {
  const change = (list: JsonList) => {
    const known = placesOf(list);
    const added = new Map(prompts.map((prompt) => [tidy(prompt.text), prompt]));
    const fresh = [...added].filter(([text]) => !known.has(text)).map(([, prompt]) => writePrompt(prompt));
    const usable = [...known].filter(([text]) => promptProblem(text) === undefined);
    return withBodies(list, fresh, at === undefined ? undefined : usable[at]?.[1]);
  };
  return editing((text) => editVocabulary(text, vocabulary, base, change), vocabulary);
}

/** @param base as of {@link addPrompts}; left out: a vocabulary that the file does not hold is no concern */
export function removePrompts(vocabulary: string, texts: readonly string[], base?: readonly Prompt[]): VocabularyEdit {
  const change = (list: JsonList) => withoutItems(list, isOneOf(texts)).list;
  return editing((text) => editVocabulary(text, vocabulary, base, change), vocabulary);
}

/** Its label, colour and comments stay. Where there is such a prompt already, only that one remains. */
export function renamePrompt(vocabulary: string, text: string, to: string, base?: readonly Prompt[]): VocabularyEdit {
  const change = (list: JsonList) => {
    const known = placesOf(list);
    const place = known.get(tidy(text));
    if (place === undefined || tidy(text) === tidy(to)) return list;
    const isOld = isOneOf([text]);
    if (known.has(tidy(to))) return withoutItems(list, isOld).list;
    const { node } = list.items[place]!;
    const rest = withoutItems(list, (item) => item.node !== node && isOld(item)).list;
    const items = rest.items.map((item) => (item.node === node ? withText(item, tidy(to)) : item));
    return { ...rest, items };
  };
  return editing((source) => editVocabulary(source, vocabulary, base, change), vocabulary);
}

/** These and no others, in this order. Entries whose texts stay are kept as they are written. */
export function setPrompts(vocabulary: string, prompts: readonly Prompt[]): VocabularyEdit {
  const wanted = new Map(prompts.map((prompt) => [tidy(prompt.text), prompt]));
  const change = (before: JsonList) => {
    const known = placesOf(before);
    const isKept = ({ node }: Item) => {
      const text = textOfEntry(node!);
      return text === undefined || (wanted.has(text) && before.items[known.get(text)!]!.node === node);
    };
    let list = withoutItems(before, (item) => !isKept(item)).list;
    let at = 0;
    for (const [text, prompt] of wanted) {
      const node = before.items[known.get(text) ?? -1]?.node;
      const place = node ? list.items.findIndex((item) => item.node === node) : -1;
      if (place >= at) at = place + 1;
      else if (node) {
        const { list: rest, taken } = withoutItems(list, (item) => item.node === node);
        list = withItems(rest, taken, at - 1);
      } else list = withBodies(list, [writePrompt(prompt)], at++);
    }
    return list;
  };
  return editing((text) => editVocabulary(text, vocabulary, [], change), vocabulary);
}

export interface PromptMove {
  readonly from: string;
  readonly texts: readonly string[];
  /** May be the same vocabulary. */
  readonly to: string;
  /** Text of the prompt that they go in front of; left out: to the end. */
  readonly before?: string;
}

/**
 * Moves prompts with their comments, in the order of the file. Those that the other vocabulary has
 * already are only taken away.
 * @param base prompts of a vocabulary that the file does not hold yet
 */
export function movePrompts(
  { from, texts, to, before }: PromptMove,
  base: (vocabulary: string) => readonly Prompt[] | undefined = () => undefined,
): VocabularyEdit {
  const isMoved = isOneOf(texts);
  const change = (text: string) => {
    let moved: readonly Item[] = [];
    let anchor = before === undefined ? undefined : tidy(before);
    const cut = editVocabulary(text, from, base(from), (list) => {
      const places = placesOf(list);
      const place = anchor === undefined || from !== to ? undefined : places.get(anchor);
      if (place !== undefined) {
        // In front of one of themselves: they go where the next one that stays is.
        anchor = [...places].find(([, at]) => at >= place && !isMoved(list.items[at]!))?.[0];
      }
      const { list: rest, taken } = withoutItems(list, isMoved);
      moved = [...placesOf({ ...list, items: taken }).values()].map((place) => taken[place]!);
      return rest;
    });
    if (moved.length === 0) return text;
    return editVocabulary(cut, to, base(to) ?? [], (list) => {
      const known = placesOf(list);
      const fresh = moved.filter(({ node }) => !known.has(textOfEntry(node!)!));
      return withItems(list, fresh, anchor === undefined ? undefined : known.get(anchor));
    });
  };
  return editing(change, from);
}

/** Of each text, where in the list it comes first. */
function placesOf(list: JsonList): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  list.items.forEach(({ node }, i) => {
    const text = textOfEntry(node!);
    if (text !== undefined && !places.has(text)) places.set(text, i);
  });
  return places;
}

function isOneOf(texts: readonly string[]): (item: Item) => boolean {
  const wanted = new Set<string | undefined>(texts.map(tidy));
  return ({ node }) => wanted.has(textOfEntry(node!));
}

function withText(item: Item, text: string): Item {
  const part = item.node!.type === 'object' ? fieldOf(item.node!, 'text')! : item.node!;
  return replaceIn(item, part, JSON.stringify(text));
}
