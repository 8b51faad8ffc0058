import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Checkpoint, type PlacedTensor } from '../clip/checkpoint/checkpoint';
import { headerLength, parseHeader, type StoredTensor } from '../clip/checkpoint/safetensors';
import { checkShards, INDEX_FILE, parseIndex } from '../clip/checkpoint/shards';
import { ModelError } from '../clip/errors';
import { pickleError } from './pickles';

/** Names of the checkpoint file, most usual first; otherwise a single .safetensors file of any name. */
const USUAL_NAMES = ['model.safetensors', 'open_clip_model.safetensors', 'open_clip_pytorch_model.safetensors'];

/** The file of a checkpoint, or its parts. */
export interface CheckpointFiles {
  /** The real folder, behind any symbolic link. */
  readonly folder: string;
  /** What the model folder calls each file, in the order of these names, and its real name. */
  readonly files: ReadonlyMap<string, string>;
  /** Which part holds which tensor. */
  readonly index?: ReadonlyMap<string, string>;
}

/** @throws ModelError when the folder has no checkpoint, or several and none that is usual. */
export async function findCheckpoint(folder: string): Promise<CheckpointFiles> {
  const found = await readdir(folder).catch(() => {
    throw new ModelError(`The model folder "${folder}" cannot be read.`);
  });
  const candidates = found.filter((file) => file.endsWith('.safetensors'));
  const usual = USUAL_NAMES.find((name) => candidates.includes(name));
  if (usual) return realFiles(folder, [usual]);
  if (found.includes(INDEX_FILE)) {
    const index = parseIndex(await readFile(join(folder, INDEX_FILE), 'utf8'));
    return { ...(await realFiles(folder, [...new Set(index.values())].sort())), index };
  }
  if (candidates.length === 1) return realFiles(folder, candidates);
  if (candidates.length > 1) {
    throw new ModelError(
      `The model folder "${folder}" has several .safetensors files and none is called model.safetensors.`,
    );
  }
  throw pickleError(folder, found) ?? new ModelError(`The model folder "${folder}" has no .safetensors file.`);
}

/** The runtime reads weights from one folder only. */
async function realFiles(folder: string, names: readonly string[]): Promise<CheckpointFiles> {
  const paths = await Promise.all(
    names.map((name) =>
      realpath(join(folder, name)).catch(() => {
        throw new ModelError(`The model folder "${folder}" lacks "${name}".`, 'Download the file again.');
      }),
    ),
  );
  const folders = new Set(paths.map((path) => dirname(path)));
  if (folders.size !== 1) {
    throw new ModelError(`The parts of the checkpoint in "${folder}" do not lie in one folder.`, 'Copy them into one.');
  }
  return { folder: [...folders][0]!, files: new Map(names.map((name, i) => [name, basename(paths[i]!)])) };
}

/** The headers of a checkpoint; its weights stay where they are. */
export async function readCheckpoint({ folder, files, index }: CheckpointFiles): Promise<Checkpoint> {
  const headers = new Map<string, Map<string, StoredTensor>>();
  for (const [name, file] of files) headers.set(name, await readHeader(join(folder, file)));
  if (index) checkShards(index, headers);
  const tensors = new Map<string, PlacedTensor>();
  for (const [name, header] of headers) {
    for (const [tensor, stored] of header) tensors.set(tensor, { ...stored, file: files.get(name)! });
  }
  return new Checkpoint(tensors);
}

/** The tensors of one safetensors file. */
export async function readHeader(path: string): Promise<Map<string, StoredTensor>> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = new Uint8Array(8);
    const { bytesRead } = await file.read(start, 0, 8, 0);
    const json = new Uint8Array(headerLength(start.subarray(0, bytesRead), size));
    await file.read(json, 0, json.length, 8);
    return parseHeader(json, size);
  } finally {
    await file.close();
  }
}

/** Sizes and times of files; of one that is missing as well. */
export async function stampsOf(paths: readonly string[]): Promise<string> {
  const stats = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)));
  return stats.map((s) => `${s?.size}:${s?.mtimeMs}`).join('|');
}
