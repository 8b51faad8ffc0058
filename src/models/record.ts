import { join } from 'node:path';
import { isFileName } from './names';
import { readJsonFile, writeJsonFile } from './jsonFile';

/** The file in a model's folder that says where the others come from and what they must be. */
export const RECORD_FILE = 'clip-surgery-model.json';

/** One file of a model, pinned: the hub must give exactly these bytes from now on. */
export interface PinnedFile {
  /** What it is called in the model's folder. */
  readonly name: string;
  readonly repository: string;
  /** Commit of the repository, or a branch where the hub does not say. */
  readonly revision: string;
  /** Where it is in the repository. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** In hex; absent until a small file has come, whose hash no hub tells. */
  readonly sha256?: string;
  /** The hub's name of the content: SHA-256 of a large file, git's object of a small one. */
  readonly etag?: string;
}

export interface ModelRecord {
  readonly id: string;
  readonly name: string;
  readonly repository: string;
  /** The commit or branch that was asked for. */
  readonly requested: string;
  /** The commit that it was at. */
  readonly revision: string;
  readonly licence?: string;
  /** Told to whoever reads the model: its own configuration may not say so. */
  readonly activation?: 'quick_gelu' | 'gelu';
  readonly files: readonly PinnedFile[];
  /** When the last file had come, ISO 8601; absent while some are missing. */
  readonly completed?: string;
}

/** The record of a model's folder; undefined when there is none that can be used. */
export async function readRecord(folder: string): Promise<ModelRecord | undefined> {
  const value = await readJsonFile(join(folder, RECORD_FILE));
  return isRecord(value) ? value : undefined;
}

export async function writeRecord(folder: string, record: ModelRecord): Promise<void> {
  await writeJsonFile(join(folder, RECORD_FILE), record);
}

export const totalSize = (files: readonly PinnedFile[]) => files.reduce((sum, { size }) => sum + size, 0);

function isRecord(value: unknown): value is ModelRecord {
  const { id, name, repository, requested, revision, licence, activation, files, completed } = fields(value);
  return (
    [id, name, repository, requested, revision].every((text) => typeof text === 'string') &&
    [licence, completed].every(isTextOrAbsent) &&
    [undefined, 'quick_gelu', 'gelu'].some((name) => name === activation) &&
    Array.isArray(files) &&
    files.every(isPinnedFile)
  );
}

function isPinnedFile(value: unknown): boolean {
  const { name, repository, revision, path, size, sha256, etag } = fields(value);
  return (
    [name, path].every((file) => typeof file === 'string' && isFileName(file)) &&
    [repository, revision].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(size) &&
    [sha256, etag].every(isTextOrAbsent)
  );
}

const fields = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
const isTextOrAbsent = (value: unknown) => value === undefined || typeof value === 'string';
