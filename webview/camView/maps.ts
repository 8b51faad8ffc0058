import { normalise, range, type Range } from '../../src/heatmap/scale';
import {
  ASPECTS,
  decodeMap,
  METHOD_NAMES,
  TEMPLATE_SETS,
  type Explanation,
  type Grid,
  type PromptMap,
  type RedundancyRule,
} from '../../src/protocol/explanation';
import type { Look } from './look';

/** A place on the grid, from 0. */
export interface Patch {
  readonly row: number;
  readonly col: number;
}

/** One prompt's map, ready to draw. */
export interface WordMap {
  readonly text: string;
  readonly score: number;
  readonly cosine: number;
  /** Similarities `[rows, cols]`. */
  readonly values: Float32Array;
  readonly range: Range;
  readonly peak: Patch;
}

/** The decoded maps of an explanation, by prompt. */
export interface Maps {
  readonly explanation: Explanation;
  readonly grid: Grid;
  readonly words: ReadonlyMap<string, WordMap>;
  /** Whether a prompt has members that count as one class. */
  readonly hasSynonyms: boolean;
}

/** No checkpoint and no picture come near these; larger numbers are a broken record. */
const LARGEST_SIDE = 1024;
const LARGEST_PICTURE = 1_000_000;
/** More would keep the page busy for seconds. */
export const MOST_PROMPTS = 1000;
const LONGEST_PROMPT = 2000;
const MOST_TEMPLATES = 1000;
export const MOST_VALUES = 2 ** 22;

const REDUNDANCY: readonly unknown[] = [
  'prompts',
  'reference-words',
  'empty-string',
  'none',
] satisfies RedundancyRule[];

/**
 * Everything but the maps themselves, which takes no time.
 * @throws RangeError with one sentence on what is wrong.
 */
export function checkRecord(record: unknown): asserts record is Explanation {
  const { version, grid, prompts } = (record ?? {}) as Partial<Explanation>;
  if (version !== 1) throw new RangeError(`The record is of version ${String(version)}, not 1.`);
  const sides = [grid?.rows ?? 0, grid?.cols ?? 0];
  if (!grid || !sides.every((side) => isCount(side, LARGEST_SIDE)))
    throw new RangeError('The record has no valid grid.');
  if (!isDescribed(record as Partial<Explanation>)) throw new RangeError('The record does not say how it was made.');
  if (!Array.isArray(prompts) || prompts.length === 0) throw new RangeError('The record has no prompts.');
  if (prompts.length > MOST_PROMPTS) {
    throw new RangeError(`The record has ${prompts.length} prompts, more than the ${MOST_PROMPTS} that can be drawn.`);
  }
  if (prompts.length * grid.rows * grid.cols > MOST_VALUES) throw new RangeError('The record has too many values.');
  if (!prompts.every(isPrompt)) throw new RangeError('The record has a prompt without text, score or map.');
}

/**
 * Decodes a record, which may come from a file that anybody wrote.
 * @throws RangeError with one sentence on what is wrong.
 */
export function readMaps(explanation: Explanation): Maps {
  checkRecord(explanation);
  const { grid } = explanation;
  const words = new Map<string, WordMap>();
  for (const { text, score, cosine, map } of explanation.prompts) {
    const values = decodeMap(map, grid);
    words.set(text, { text, score, cosine, values, range: range(values), peak: peak(values, grid) });
  }
  return { explanation, grid, words, hasSynonyms: [...words.keys()].some((text) => text.includes('|')) };
}

function isCount(value: unknown, most: number): boolean {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= most;
}

function isPrompt(prompt: unknown): boolean {
  const { text, label, score, cosine, map } = (prompt ?? {}) as Partial<PromptMap>;
  if (label !== undefined && !isPromptText(label)) return false;
  return isPromptText(text) && typeof map === 'string' && Number.isFinite(score) && Number.isFinite(cosine);
}

function isPromptText(text: unknown): boolean {
  return typeof text === 'string' && text.length <= LONGEST_PROMPT;
}

function isTexts(list: unknown, most: number): boolean {
  return Array.isArray(list) && list.length <= most && list.every(isPromptText);
}

function isTemplates(templates: Explanation['templates'] | undefined): boolean {
  if (typeof templates !== 'object') return TEMPLATE_SETS.some((name) => name === templates);
  return isPromptText(templates?.name) && isTexts(templates?.templates, MOST_TEMPLATES);
}

/** Whether everything that is shown in words is there and of the right type. */
function isDescribed(record: Partial<Explanation>): boolean {
  const { image, encoded, mapping, method, model, distractors, timings, versions, provider, precision } = record;
  const sizes = [image?.width, image?.height, encoded?.width, encoded?.height];
  const numbers = [method?.surgeryBlocks, method?.referenceWords];
  const times = [timings?.decode, timings?.image, timings?.text, timings?.total];
  const texts = [image?.path, image?.sha256, method?.score, model?.name, model?.sha256];
  const isText = (value: unknown) => typeof value === 'string';
  return (
    sizes.every((size) => isCount(size, LARGEST_PICTURE)) &&
    [...numbers, ...times].every((value) => typeof value === 'number') &&
    [...texts, provider, precision].every(isText) &&
    isTemplates(record.templates) &&
    (distractors === undefined || isTexts(distractors, MOST_PROMPTS)) &&
    (model?.licence === undefined || isText(model.licence)) &&
    REDUNDANCY.includes(method?.redundancy) &&
    METHOD_NAMES.some((name) => name === method?.name) &&
    ASPECTS.some((aspect) => aspect === mapping) &&
    typeof versions === 'object' &&
    versions !== null &&
    Object.values(versions).every(isText)
  );
}

function peak(values: Float32Array, grid: Grid): Patch {
  const best = values.reduce((top, value, i) => (value > values[top]! ? i : top), 0);
  return { row: Math.floor(best / grid.cols), col: best % grid.cols };
}

/** One minimum and maximum over all words that are shown. */
export function sharedRange(words: readonly WordMap[]): Range {
  const ranges = words.map((word) => word.range);
  return range(
    ranges.map((r) => r.min),
    ranges.map((r) => r.max),
  );
}

/** Height 0..1 of a word's map at a patch, on the scale that is drawn. */
export function heightAt(word: WordMap, index: number, look: Look, shared: Range): number {
  return normalise([word.values[index]!], look.scale === 'shared' ? shared : word.range)[0]!;
}
