import { DEFAULT_ASPECT, DEFAULT_METHOD } from '../../../protocol/explanation';
import { t } from '@vscode/l10n';
import { isMap, isNode, isScalar, visit, type Document } from 'yaml';
import { isBareWords, readBareWords } from './bareWords';
import type { CellRequest, ParsedCell } from './cell';
import { CELL_KEYS, expected, isCellKey, MOST_PROMPTS, type CellKey } from './cellKeys';
import { nearest } from './nearest';
import { Problems, type PlacedText } from './problems';
import { parseYaml, TooDeep } from './parseYaml';
import { NodeReader, placeOf } from './readNode';
import { distinct, shortened, ValueReader } from './readValues';
import { explainMistake, tooDeep } from './yamlMistakes';

/** A cell, and where in its text things are. */
export interface ReadCell extends ParsedCell {
  readonly keys: readonly PlacedText[];
  /** Paths and wildcards. */
  readonly images: readonly PlacedText[];
}

/** Never throws, whatever the text is. */
export function readCell(text: string, known: { readonly models: readonly string[] }): ReadCell {
  const problems = new Problems(text);
  if (isBareWords(text)) {
    const words = readBareWords(text, problems);
    return { ...asRequest(aboutAbove(words, problems), problems), keys: [], images: [] };
  }
  try {
    return readDocument(parseYaml(text), text, known.models);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    problems.error({ start: error.offset, end: error.offset + 1 }, tooDeep());
    return { problems: problems.list, keys: [], images: [] };
  }
}

function readDocument(document: Document, text: string, models: readonly string[]): ReadCell {
  const problems = new Problems(text);
  const nodes = new NodeReader(text, document, problems);
  const { contents } = document;
  if (contents === null && document.errors.length === 0) return { problems: [], keys: [], images: [] };
  const keys: PlacedText[] = [];
  const images: PlacedText[] = [];
  let request: CellRequest | undefined;
  if (isMap(contents)) {
    const values = readKeys(contents.items, nodes, models);
    keys.push(...values.keys());
    request = readRequest(values, new ValueReader(nodes, models), images);
  } else if (contents !== null) {
    const rule = { expected: expected('prompts', models), most: MOST_PROMPTS, commas: true };
    const words = nodes.texts(contents, rule) ?? [];
    for (const word of words.filter((each) => each.text === '')) problems.error(word, rule.expected);
    request = aboutAbove(words, problems);
    if (words.length === 0 && !problems.hasErrors) problems.error(placeOf(contents), rule.expected);
  }
  refuseTags(document, problems);
  tellMistakes(document, text, problems);
  return { ...asRequest(request, problems), keys, images };
}

/** The known keys, each with its value; the others are problems. */
function readKeys(pairs: readonly { key: unknown; value: unknown }[], nodes: NodeReader, models: readonly string[]) {
  const { problems } = nodes;
  const values = new Map<PlacedText & { readonly text: CellKey }, unknown>();
  const seen = new Set<string>();
  for (const { key, value } of pairs) {
    const place = placeOf(key);
    const name = isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
    if (name === undefined) {
      problems.error(place, t('A key is expected: {0}.', CELL_KEYS.join(', ')));
    } else if (!isCellKey(name)) {
      const near = nearest(name, CELL_KEYS);
      const hint = near ? t('Did you mean {0}?', near) : t('There are: {0}.', CELL_KEYS.join(', '));
      problems.error(place, `${t('There is no key “{0}”.', shortened(name))} ${hint}`);
    } else if (seen.has(name)) {
      problems.error(place, t('“{0}” is given twice.', name));
    } else if (!isNode(value)) {
      problems.error(place, expected(name, models));
    } else {
      seen.add(name);
      values.set({ ...place, text: name }, value);
    }
  }
  return values;
}

function readRequest(
  values: ReadonlyMap<PlacedText & { readonly text: CellKey }, unknown>,
  read: ValueReader,
  images: PlacedText[],
): CellRequest {
  const settings: { -readonly [K in keyof CellRequest]?: CellRequest[K] } = {};
  for (const [{ text: key }, value] of values) {
    if (key === 'image') images.unshift(...read.image(value));
    else if (key === 'images') images.push(...read.images(value));
    else if (key === 'prompts') settings.prompts = read.prompts(value);
    else if (key === 'method') settings.methods = read.methods(value);
    else if (key === 'size') settings.side = read.side(value);
    else if (key === 'aspect') settings.aspect = read.aspect(value);
    else if (key === 'templates') settings.templates = read.templates(value);
    else if (key === 'model') settings.model = read.model(value);
    else settings.threshold = read.threshold(value);
  }
  read.warnAboutBoth([...values.keys()]);
  return {
    ...(images.length > 0 && { images: [...new Set(images.map(({ text }) => text))] }),
    ...withoutUndefined(settings),
    methods: settings.methods ?? [DEFAULT_METHOD],
    aspect: settings.aspect ?? DEFAULT_ASPECT,
  };
}

function withoutUndefined<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}

/** Words alone are about the nearest picture above. */
function aboutAbove(words: readonly PlacedText[], problems: Problems): CellRequest | undefined {
  if (words.length > MOST_PROMPTS) {
    const place = { start: words[0]!.start, end: words.at(-1)!.end };
    problems.error(place, t('These are {0}: at most {1} are taken.', words.length, MOST_PROMPTS));
  }
  const prompts = distinct(words, problems);
  return prompts.length > 0 ? { prompts, methods: [DEFAULT_METHOD], aspect: DEFAULT_ASPECT } : undefined;
}

function asRequest(request: CellRequest | undefined, problems: Problems): ParsedCell {
  const isRunnable = request && !problems.hasErrors;
  return isRunnable ? { request, problems: problems.list } : { problems: problems.list };
}

function refuseTags(document: Document, problems: Problems): void {
  visit(document, {
    Node: (_, node) => {
      if (!('tag' in node) || node.tag === undefined) return;
      problems.error(placeOf(node), t('Tags have no meaning here: text that begins with ! has to stand in quotes.'));
    },
  });
}

/** What follows the first mistake of YAML's own is mostly its consequence. */
function tellMistakes(document: Document, text: string, problems: Problems): void {
  const isTag = ({ code }: { code: string }) => code === 'TAG_RESOLVE_FAILED';
  const mistakes = [...document.errors, ...document.warnings].filter((mistake) => !isTag(mistake));
  const [first] = mistakes.sort((a, b) => a.pos[0] - b.pos[0]);
  if (!first) return;
  const told = explainMistake(first, text);
  problems.forgetAfter(text.lastIndexOf('\n', Math.max(0, told.start - 1)) + 1);
  problems.error(told, told.message);
}
