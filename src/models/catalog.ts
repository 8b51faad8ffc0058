import json from '../../models/catalog.json';
import type { TokenizerOrigin, WantedFile, WantedModel } from './hub/planModel';
import { isFileName } from './names';

/**
 * A known CLIP. Revisions and hashes are given where they are known for certain; all others are pinned at the
 * first download. Files are left out where the repository is known but not how it names them.
 */
export interface CatalogModel extends WantedModel {
  /** Bytes of the download, about. */
  readonly size: number;
  /** SPDX name, shown before the download. */
  readonly licence: string;
  /** As the papers call it, e.g. `ViT-B/16`. */
  readonly architecture: string;
  /** Side in pixels of the square pictures that it was trained on. */
  readonly nativeSize: number;
  /** Mean and deviation of the pixels: OpenAI's, or 0.5 for both. Left out: the model's own configuration says. */
  readonly normalisation?: 'openai' | 'inception';
  /** One plain sentence. */
  readonly goodFor: string;
}

export interface Catalog {
  readonly tokenizer: TokenizerOrigin;
  readonly models: readonly CatalogModel[];
}

/** The catalogue that the extension comes with. */
export const readCatalog = (): Catalog => parseCatalog(json);

/** @throws Error that names the entry and the field that are wrong. */
export function parseCatalog(value: unknown): Catalog {
  const { tokenizer, models } = fields(value);
  const { repository, path } = fields(tokenizer);
  if (!isRepository(repository) || !isPath(path)) throw new Error('The catalogue does not say where the tokenizer is.');
  if (!Array.isArray(models)) throw new Error('The catalogue lists no models.');
  const parsed = models.map(modelOf);
  const ids = parsed.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new Error(`The catalogue has "${twice}" twice.`);
  return { tokenizer: { repository, path }, models: parsed };
}

type Check = (value: unknown) => boolean;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...names: readonly unknown[]): Check =>
  (value) =>
    names.includes(value);
const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0;
const isText = matching(/\S/);
const isSha256 = matching(/^[0-9a-f]{64}$/);
const isRepository = (value: unknown): value is string => matching(/^[\w.-]+\/[\w.-]+$/)(value);
const isPath = (value: unknown): value is string => typeof value === 'string' && isFileName(value);

const FILE: Readonly<Record<keyof WantedFile, Check>> = {
  name: isPath,
  size: optional(isCount),
  sha256: optional(isSha256),
};

const MODEL: Readonly<Record<keyof CatalogModel, Check>> = {
  id: matching(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: isText,
  repository: isRepository,
  revision: optional(matching(/^[0-9a-f]{40}$/)),
  files: optional(
    (files) => Array.isArray(files) && files.length > 0 && files.every((file) => !wrongField(file, FILE)),
  ),
  size: isCount,
  licence: isText,
  architecture: isText,
  nativeSize: isCount,
  activation: optional(oneOf('quick_gelu', 'gelu')),
  normalisation: optional(oneOf('openai', 'inception')),
  goodFor: isText,
};

function modelOf(value: unknown, index: number): CatalogModel {
  const wrong = wrongField(value, MODEL);
  if (wrong === undefined) return value as CatalogModel;
  throw new Error(`Entry ${index + 1} of the catalogue ("${String(fields(value)['id'])}") has a wrong "${wrong}".`);
}

/** The first field that is wrong, or not one of these at all: a misspelt hash must not count as none. */
function wrongField(value: unknown, checks: Readonly<Record<string, Check>>): string | undefined {
  const given = fields(value);
  const unknown = Object.keys(given).find((name) => !(name in checks));
  return unknown ?? Object.keys(checks).find((name) => !checks[name]!(given[name]));
}

const fields = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
