import { t } from '@vscode/l10n';
import { isObject, isText, without, type Fields } from '../fields';
import { parse, type ParseError } from 'jsonc-parser';
import { collectThumbnails, withThumbnail, type Thumbnails } from './thumbnails';

/**
 * The file of a CLIP notebook: JSON for people and their diffs. Every cell is a block of its own, its
 * text one line per line, and a small picture that several outputs share is stored once. Whatever a
 * newer version wrote beside what is known here is kept and written again.
 */
export interface ClipNotebook {
  readonly cells: readonly ClipCell[];
  /** Left out: {@link FORMAT_VERSION}. */
  readonly version?: number;
  readonly unknown?: Fields;
}

export interface ClipCell {
  /** `code` or `markdown`; what a newer version calls otherwise is kept. */
  readonly kind: string;
  readonly text: string;
  /** Left out: the one that cells of its kind have. */
  readonly language?: string;
  readonly outputs: readonly ClipOutput[];
  readonly unknown?: Fields;
}

export type ClipOutput =
  /** The record of maps as it came, with its thumbnail; whoever draws it checks it. */
  | { readonly kind: 'explanation'; readonly record: Fields; readonly unknown?: Fields }
  /** Anything else, e.g. an error. */
  | { readonly kind: 'items'; readonly items: readonly ClipItem[]; readonly unknown?: Fields }
  /** Something of a newer version. */
  | { readonly kind: 'other'; readonly fields: Fields };

export interface ClipItem {
  readonly mime: string;
  readonly data: { readonly text: string } | { readonly base64: string };
  readonly unknown?: Fields;
}

export const FORMAT_VERSION = 1;
const FORMAT = 'clip-notebook';

/** @throws Error with one sentence: what is wrong, and where. */
export function parseNotebook(text: string): ClipNotebook {
  const source = text.replace(/^\ufeff/, '');
  if (source.trim() === '') return { cells: [] };
  const file = parseJson(source);
  if (!isObject(file) || file['format'] !== FORMAT) {
    throw new Error(t('This file is not a CLIP notebook: it lacks "format": "{0}".', FORMAT));
  }
  const { version, cells, thumbnails = {} } = file;
  if (!Number.isSafeInteger(version) || (version as number) < 1) {
    throw new Error(t('The "version" of this CLIP notebook is not a whole number from 1 on.'));
  }
  if (!Array.isArray(cells)) throw new Error(t('This CLIP notebook has no list of "cells".'));
  if (!isObject(thumbnails)) throw new Error(t('The "thumbnails" of this CLIP notebook are not a list by hash.'));
  const isNewer = version !== FORMAT_VERSION;
  const unknown = without(file, 'format', 'version', 'cells', 'thumbnails');
  return compact<ClipNotebook>({
    cells: cells.map((cell, i) => parseCell(cell, i + 1, thumbnails)),
    version: isNewer ? (version as number) : undefined,
    // Outputs of a newer version may need them.
    unknown: isNewer && Object.keys(thumbnails).length > 0 ? { ...unknown, thumbnails } : unknown,
  });
}

export function writeNotebook({ cells, version = FORMAT_VERSION, unknown }: ClipNotebook): string {
  const thumbnails: Thumbnails = new Map();
  const written = cells.map((cell) => writeCell(cell, thumbnails));
  const kept = isObject(unknown?.['thumbnails']) ? unknown['thumbnails'] : {};
  const all = { ...kept, ...Object.fromEntries(thumbnails) };
  const file = {
    format: FORMAT,
    version,
    ...without(unknown ?? {}, 'format', 'version', 'cells', 'thumbnails'),
    cells: written,
    thumbnails: Object.keys(all).length > 0 ? all : undefined,
  };
  return JSON.stringify(file, null, 2) + '\n';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The runtime tells the place of some mistakes only.
    const mistakes: ParseError[] = [];
    parse(text, mistakes, { disallowComments: true });
    const before = text.slice(0, mistakes[0]?.offset).split('\n');
    throw new Error(
      t(
        'This CLIP notebook is damaged: at line {0}, column {1} the file is not valid JSON.',
        before.length,
        before.at(-1)!.length + 1,
      ),
    );
  }
}

function parseCell(cell: unknown, number: number, thumbnails: Fields): ClipCell {
  if (!isObject(cell)) throw new Error(t('Cell {0} of this CLIP notebook is not a block of fields.', number));
  const { kind, text = [], language, outputs = [] } = cell;
  if (!isText(kind)) throw new Error(t('Cell {0} of this CLIP notebook has no "kind".', number));
  const source = joinLines(text);
  if (source === undefined)
    throw new Error(t('The "text" of cell {0} of this CLIP notebook is not a list of lines.', number));
  if (!Array.isArray(outputs))
    throw new Error(t('The "outputs" of cell {0} of this CLIP notebook are not a list.', number));
  return compact<ClipCell>({
    kind,
    text: source,
    language: isText(language) ? language : undefined,
    outputs: outputs.map((output, i) => parseOutput(output, [i + 1, number], thumbnails)),
    unknown: without(cell, 'kind', 'text', 'outputs', ...(isText(language) ? ['language'] : [])),
  });
}

function writeCell({ kind, text, language, outputs, unknown }: ClipCell, thumbnails: Thumbnails): Fields {
  return {
    kind,
    language,
    ...unknown,
    text: splitLines(text),
    outputs: outputs.length > 0 ? outputs.map((output) => writeOutput(output, thumbnails)) : undefined,
  };
}

function parseOutput(output: unknown, where: readonly [number, number], thumbnails: Fields): ClipOutput {
  if (!isObject(output))
    throw new Error(t('Output {0} of cell {1} of this CLIP notebook is not a block of fields.', ...where));
  const { explanation, items } = output;
  if (isObject(explanation)) {
    const record = withThumbnail(explanation, thumbnails);
    return compact<ClipOutput>({ kind: 'explanation', record, unknown: without(output, 'explanation') });
  }
  const known = Array.isArray(items) ? items.map(parseItem) : [];
  if (known.length === 0 || known.includes(undefined)) return { kind: 'other', fields: output };
  return compact<ClipOutput>({ kind: 'items', items: known as ClipItem[], unknown: without(output, 'items') });
}

function writeOutput(output: ClipOutput, thumbnails: Thumbnails): Fields {
  switch (output.kind) {
    case 'explanation':
      return { ...output.unknown, explanation: collectThumbnails(output.record, thumbnails) };
    case 'items':
      return { ...output.unknown, items: output.items.map(writeItem) };
    case 'other':
      return output.fields;
  }
}

/** Undefined for what no version known here writes. */
function parseItem(item: unknown): ClipItem | undefined {
  if (!isObject(item)) return undefined;
  const { mime, text, base64 } = item;
  if (!isText(mime)) return undefined;
  if (isText(base64) && text === undefined) {
    return compact<ClipItem>({ mime, data: { base64 }, unknown: without(item, 'mime', 'base64') });
  }
  const joined = text === undefined ? undefined : joinLines(text);
  if (joined === undefined || base64 !== undefined) return undefined;
  return compact<ClipItem>({ mime, data: { text: joined }, unknown: without(item, 'mime', 'text') });
}

function writeItem({ mime, data, unknown }: ClipItem): Fields {
  return { mime, ...unknown, ...('text' in data ? { text: splitLines(data.text) } : data) };
}

function splitLines(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

/** People who write by hand may give one text. */
function joinLines(lines: unknown): string | undefined {
  if (isText(lines)) return lines;
  return Array.isArray(lines) && lines.every(isText) ? lines.join('\n') : undefined;
}

/** Without the fields that are left out. */
function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
