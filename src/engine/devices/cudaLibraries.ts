import { randomUUID } from 'node:crypto';
import { access, copyFile, mkdir, readlink, rename, rm, stat, symlink, utimes } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Place } from './candidates';
import { RUNTIME_VERSION } from './missingLibrary';

const RUNTIME = 'libonnxruntime.so.1';
/** What onnxruntime-node comes without; it looks for them beside the onnxruntime that was loaded. */
const PROVIDER = ['libonnxruntime_providers_shared.so', 'libonnxruntime_providers_cuda.so'];

export interface CudaFolders {
  /** Where the user keeps the provider's libraries and those of CUDA; empty or left out: nowhere. */
  readonly libraries?: string;
  /** Where onnxruntime-node's own library is. */
  readonly runtime: string;
  /** A folder of ours, made when needed. */
  readonly prepared: string;
}

/** The environment of a process that can use CUDA, or what is missing in one plain sentence. */
export type CudaSetup = { readonly env: Readonly<Record<string, string>> } | { readonly unavailable: string };

/**
 * Makes the libraries of CUDA's provider loadable without writing into the extension's folder: a folder of links holds
 * onnxruntime and its provider side by side, and the search path of the process begins with it.
 * @param searchPath the process's LD_LIBRARY_PATH as it is
 */
export async function prepareCuda(
  { libraries = '', runtime, prepared }: CudaFolders,
  place: Place,
  searchPath = process.env['LD_LIBRARY_PATH'],
): Promise<CudaSetup> {
  if (place.platform !== 'linux' || place.arch !== 'x64') {
    return { unavailable: 'onnxruntime for node supports CUDA on Linux x64 only.' };
  }
  const wrong = await missingIn(libraries);
  if (wrong !== undefined) return { unavailable: wrong };
  const folder = resolve(prepared);
  if (!isSearchable(folder)) return { unavailable: `${folder} has a sign in its name that ends a search path.` };
  try {
    await mkdir(folder, { recursive: true });
    await provide(join(runtime, RUNTIME), join(folder, RUNTIME));
    for (const name of PROVIDER) await provide(join(libraries, name), join(folder, name));
  } catch (error) {
    return { unavailable: `CUDA's libraries cannot be prepared: ${(error as Error).message}.` };
  }
  // An empty part would mean the working directory.
  const path = [folder, libraries, ...(searchPath ?? '').split(':')].filter((part) => part !== '');
  return { env: { LD_LIBRARY_PATH: path.join(':') } };
}

/** What the user's folder has not, in one plain sentence. */
async function missingIn(folder: string): Promise<string | undefined> {
  if (folder === '') return `CUDA needs a folder with ${PROVIDER.join(' and ')} of onnxruntime ${RUNTIME_VERSION}.`;
  if (!isAbsolute(folder)) return `The folder of CUDA's libraries must be a full path, not "${folder}".`;
  if (!isSearchable(folder))
    return `The folder of CUDA's libraries must have no ":", ";" or "$" in its name: ${folder}.`;
  const missing = [];
  for (const name of PROVIDER) {
    const there = await stat(join(folder, name)).then(
      (file) => file.isFile(),
      () => false,
    );
    if (!there) missing.push(name);
  }
  if (missing.length === 0) return undefined;
  const are = missing.length === 1 ? 'is' : 'are';
  return `${missing.join(' and ')} of onnxruntime ${RUNTIME_VERSION} ${are} not in ${folder}.`;
}

/** The system's loader splits search paths at the first two signs, and replaces words after the third. */
function isSearchable(folder: string): boolean {
  return !/[:;$]/.test(folder);
}

/** A link to the file or, where links cannot be made, a copy; what is there already and still right is kept. */
async function provide(from: string, to: string): Promise<void> {
  await access(from);
  if (await isSame(from, to)) return;
  // A name of its own, then renamed: a process that starts meanwhile finds the old or the new one.
  const draft = `${to}.${randomUUID()}`;
  try {
    await symlink(from, draft).catch(() => copy(from, draft));
    await rename(draft, to);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function isSame(from: string, to: string): Promise<boolean> {
  const target = await readlink(to).catch(() => undefined);
  if (target !== undefined) return target === from;
  const copied = await stat(to).catch(() => undefined);
  const { size, mtimeMs } = await stat(from);
  return copied?.size === size && Math.abs(copied.mtimeMs - mtimeMs) < 1;
}

/** With the time of the original, which tells whether the copy is still right. */
async function copy(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const { atime, mtime } = await stat(from);
  await utimes(to, atime, mtime);
}
