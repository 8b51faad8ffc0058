import { DEFAULT_ASPECT, DEFAULT_METHOD } from '../../../protocol/explanation';
import { Document, isSeq } from 'yaml';
import type { CellRequest } from './cell';
import type { CellKey } from './cellKeys';
import { isGlob } from './glob';

/** Longer lists have a line for each entry. */
const COLUMNS = 80;

export type CellValue = string | number | readonly string[];

/** The source of a cell that asks for this: stable order, and nothing that goes without saying. */
export function writeCell(request: CellRequest): string {
  const { images = [], prompts, methods, side, aspect, templates, model, threshold } = request;
  const isUsual = methods.length === 1 && methods[0] === DEFAULT_METHOD;
  const lines: string[] = [];
  const write = (key: CellKey, value: CellValue | undefined) => {
    if (value !== undefined) lines.push(writeKey(key, value));
  };
  if (images.length === 1 && !isGlob(images[0]!)) write('image', images[0]);
  else if (images.length > 0) write('images', images.length === 1 ? images[0] : images);
  write('prompts', prompts && prompts.length > 0 ? prompts : undefined);
  write('method', isUsual ? undefined : oneOrList(methods));
  write('size', side);
  write('aspect', aspect === DEFAULT_ASPECT ? undefined : aspect);
  write('templates', templates);
  write('model', model);
  write('threshold', threshold);
  // A cell without any key would ask for nothing.
  if (lines.length === 0) write('method', DEFAULT_METHOD);
  return lines.join('\n');
}

export function oneOrList(methods: readonly string[]): string | readonly string[] {
  return methods.length === 1 ? methods[0]! : methods;
}

/** `key: value`, without a line break at its end. */
export function writeKey(key: string, value: CellValue): string {
  return fitting((isFlow) => toYaml({ [key]: value }, isFlow));
}

/** A list alone. */
export function writeList(words: readonly string[]): string {
  return fitting((isFlow) => toYaml(words, isFlow));
}

/** One word as it stands in a list between brackets. */
export function writeWord(word: string): string {
  return toYaml([word], true).slice(1, -1);
}

function fitting(write: (isFlow: boolean) => string): string {
  const inOneLine = write(true);
  return inOneLine.length <= COLUMNS ? inOneLine : write(false);
}

function toYaml(value: unknown, isFlow: boolean): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  const lists = isSeq(document.contents) ? [document.contents] : mapValues(document).filter((each) => isSeq(each));
  for (const list of lists) list.flow = isFlow;
  const text = document.toString({
    lineWidth: 0,
    minContentWidth: 0,
    flowCollectionPadding: false,
    blockQuote: false,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  return text.replace(/\n$/, '');
}

function mapValues(document: Document): unknown[] {
  const { contents } = document;
  return contents && 'items' in contents ? (contents.items as { value?: unknown }[]).map(({ value }) => value) : [];
}
