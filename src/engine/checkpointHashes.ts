import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { CheckpointFiles } from './checkpointFiles';

/** More files than anyone keeps; the oldest entries go first. */
const MOST_ENTRIES = 200;
const SHA256 = /^[0-9a-f]{64}$/;

/** By path: the hash, and what the file was like when it was hashed. */
type Known = Record<string, { readonly size: number; readonly mtimeMs: number; readonly sha256: string }>;

/**
 * SHA-256 of checkpoints. Hashing a large one takes seconds, so hashes are remembered in a file by path,
 * size and time of the last change. The memory only ever saves time: where it fails, files are hashed.
 */
export class CheckpointHashes {
  /**
   * @param file where hashes are kept for other windows and days; left out: they are not
   * @param warn told once when they cannot be kept
   */
  constructor(
    private file?: string,
    private readonly warn: (message: string) => void = () => undefined,
  ) {}

  /** Lower-case hex: the file's, or of several files the hash of their hashes in the order of their names. */
  async of({ folder, files }: CheckpointFiles): Promise<string> {
    const hashes = [];
    for (const name of files.values()) hashes.push(await this.ofFile(join(folder, name)));
    if (hashes.length === 1) return hashes[0]!;
    return createHash('sha256').update(hashes.join('')).digest('hex');
  }

  private async ofFile(path: string): Promise<string> {
    const { size, mtimeMs } = await stat(path);
    const known = (await this.read())[path];
    if (known?.size === size && known.mtimeMs === mtimeMs) return known.sha256;
    const hash = createHash('sha256');
    await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
    const sha256 = hash.digest('hex');
    await this.remember(path, { size, mtimeMs, sha256 });
    return sha256;
  }

  private async read(): Promise<Known> {
    if (this.file === undefined) return {};
    try {
      const entries = Object.entries(JSON.parse(await readFile(this.file, 'utf8')) as Known);
      return Object.fromEntries(entries.filter(([, { sha256 }]) => SHA256.test(sha256)));
    } catch {
      return {};
    }
  }

  private async remember(path: string, entry: Known[string]): Promise<void> {
    if (this.file === undefined) return;
    // A name of its own, then renamed: another window sees all of a file or nothing.
    const draft = `${this.file}.${randomUUID()}`;
    try {
      const entries = new Map(Object.entries(await this.read()));
      entries.delete(path); // so that it comes last, as the newest
      entries.set(path, entry);
      await mkdir(dirname(this.file), { recursive: true });
      await writeFile(draft, JSON.stringify(Object.fromEntries([...entries].slice(-MOST_ENTRIES))));
      await rename(draft, this.file);
    } catch (error) {
      this.file = undefined;
      this.warn(`Hashes of checkpoints are not kept on disk: ${(error as Error).message}`);
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }
}
