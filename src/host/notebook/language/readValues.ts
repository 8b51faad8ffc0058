import { t } from '@vscode/l10n';
import { isSeq } from 'yaml';
import {
  ASPECTS,
  METHOD_NAMES,
  type Aspect,
  type MethodName,
  type TemplateSetName,
  TEMPLATE_SETS,
} from '../../../protocol/explanation';
import { expected, LARGEST_SIDE, MOST_IMAGES, MOST_PROMPTS, type CellKey } from './cellKeys';
import { nearest } from './nearest';
import { placeOf, type NodeReader } from './readNode';
import type { PlacedText, Problems } from './problems';

/** Reads the values of a cell's keys. What is wrong is told, and the value left out. */
export class ValueReader {
  private readonly problems: Problems;

  constructor(
    private readonly nodes: NodeReader,
    private readonly models: readonly string[],
  ) {
    this.problems = nodes.problems;
  }

  image(node: unknown): readonly PlacedText[] {
    const path = this.nodes.text(node, { expected: this.expected('image'), starsAreText: true });
    if (path?.text === '') this.problems.error(path, this.expected('image'));
    return path && path.text !== '' ? [path] : [];
  }

  images(node: unknown): readonly PlacedText[] {
    const rule = { expected: this.expected('images'), starsAreText: true, most: MOST_IMAGES, commas: false };
    return this.filled('images', node, this.nodes.texts(node, rule)) ?? [];
  }

  prompts(node: unknown): readonly string[] | undefined {
    const rule = { expected: this.expected('prompts'), most: MOST_PROMPTS, commas: true };
    const words = this.filled('prompts', node, this.nodes.texts(node, rule));
    return words && distinct(words, this.problems);
  }

  methods(node: unknown): readonly MethodName[] | undefined {
    const rule = { expected: this.expected('method'), most: METHOD_NAMES.length * 2, commas: true };
    const names = this.nodes.texts(node, rule);
    if (!names || this.isLeftEmpty('method', node, names)) return undefined;
    const filled = this.filled('method', node, names);
    const methods = filled?.map((name) => this.oneOf('method', name, METHOD_NAMES));
    if (!filled || !methods?.every((method) => method !== undefined)) return undefined;
    distinct(filled, this.problems);
    return methods;
  }

  aspect = (node: unknown): Aspect | undefined => this.choice('aspect', node, ASPECTS);
  templates = (node: unknown): TemplateSetName | undefined => this.choice('templates', node, TEMPLATE_SETS);
  model = (node: unknown): string | undefined => this.choice('model', node, this.models);

  side(node: unknown): number | undefined {
    return this.number('size', node, /^\+?\d+$/, (side) => side >= 1 && side <= LARGEST_SIDE);
  }

  threshold(node: unknown): number | undefined {
    const pattern = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
    return this.number('threshold', node, pattern, (value) => value >= 0 && value <= 1);
  }

  /** Both are taken; one of the keys would do. */
  warnAboutBoth(keys: readonly PlacedText[]): void {
    const images = keys.find(({ text }) => text === 'images');
    if (!images || !keys.some(({ text }) => text === 'image')) return;
    this.problems.warn(images, t('Both image and images are given: all of them are explained.'));
  }

  private number(key: CellKey, node: unknown, pattern: RegExp, isAllowed: (value: number) => boolean) {
    const text = this.setting(key, node);
    if (!text) return undefined;
    const value = pattern.test(text.text) ? Number(text.text) : NaN;
    if (isAllowed(value)) return value;
    this.problems.error(text, this.expected(key));
    return undefined;
  }

  private choice<T extends string>(key: CellKey, node: unknown, known: readonly T[]): T | undefined {
    const text = this.setting(key, node);
    return text && this.oneOf(key, text, known);
  }

  private setting(key: CellKey, node: unknown): PlacedText | undefined {
    const text = this.nodes.text(node, { expected: this.expected(key) });
    return text && !this.isLeftEmpty(key, node, [text]) ? text : undefined;
  }

  /** A setting without a value, as it is while somebody writes it, stands for the usual one. */
  private isLeftEmpty(key: CellKey, node: unknown, texts: readonly PlacedText[]): boolean {
    const isEmpty = texts.length === 1 && texts[0]!.text === '' && !isSeq(node);
    if (isEmpty) this.problems.warn(texts[0]!, `${t('{0} has no value.', key)} ${this.expected(key)}`);
    return isEmpty;
  }

  private oneOf<T extends string>(key: CellKey, name: PlacedText, known: readonly T[]): T | undefined {
    const found = known.find((candidate) => candidate === name.text);
    if (found === undefined) {
      const near = nearest(name.text, known);
      const message = t('{0} “{1}” is not known.', key, shortened(name.text));
      this.problems.error(name, `${message} ${near ? t('Did you mean {0}?', near) : this.expected(key)}`);
    }
    return found;
  }

  /** Of a list: at least one entry, and none of them empty. */
  private filled(key: CellKey, node: unknown, texts: readonly PlacedText[] | undefined) {
    if (!texts) return undefined;
    const empty = texts.find(({ text }) => text === '');
    if (!empty && texts.length > 0) return texts;
    this.problems.error(empty ?? placeOf(node), this.expected(key));
    return undefined;
  }

  private expected(key: CellKey): string {
    return expected(key, this.models);
  }
}

/** Twice the same has no meaning: shares are among different words. */
export function distinct(words: readonly PlacedText[], problems: Problems): readonly string[] {
  const seen = new Set<string>();
  for (const word of words) {
    if (seen.has(word.text)) problems.error(word, t('“{0}” is given twice.', shortened(word.text)));
    seen.add(word.text);
  }
  return [...seen];
}

export function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
