import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What stays of the bound, so that not every start has something to remove. */
const KEPT = 0.8;

/**
 * Removes the oldest files below a folder, by the time of their last change, where all of them are larger than
 * the bound. No folder is an empty one; files that another process removes meanwhile are gone as well.
 */
export async function trimFolder(folder: string, mostBytes: number): Promise<void> {
  const files = await filesBelow(folder);
  let total = files.reduce((sum, { size }) => sum + size, 0);
  if (total <= mostBytes) return;
  files.sort((a, b) => a.mtimeMs - b.mtimeMs);
  for (const { path, size } of files) {
    if (total <= mostBytes * KEPT) return;
    await rm(path, { force: true });
    total -= size;
  }
}

async function filesBelow(folder: string): Promise<{ path: string; size: number; mtimeMs: number }[]> {
  const files = [];
  for (const entry of await unlessGone(readdir(folder, { withFileTypes: true, recursive: true }), [])) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const known = await unlessGone(stat(path), undefined);
    if (known) files.push({ path, size: known.size, mtimeMs: known.mtimeMs });
  }
  return files;
}

async function unlessGone<T, E>(found: Promise<T>, otherwise: E): Promise<T | E> {
  try {
    return await found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise;
    throw error;
  }
}
