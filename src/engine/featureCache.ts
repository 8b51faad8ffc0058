import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeFeatures, encodeFeatures } from './featureCacheFile';
import { trimFolder } from './trimFolder';

/** Enough for 30 000 words and four sets of templates of a usual model. */
const MOST_BYTES = 96 * 2 ** 20;
const DAY_MS = 86_400_000;

/**
 * Features of words and what templates begin with on disk, one file each, shared by all windows and kept from day
 * to day. It only ever saves time: whatever goes wrong is a miss, told once.
 */
export class FeatureCache {
  private hasFailed = false;

  /** Starts to remove the oldest features in the background where there are too many. */
  constructor(
    private readonly folder: string,
    private readonly warn: (message: string) => void,
    mostBytes = MOST_BYTES,
  ) {
    trimFolder(folder, mostBytes).catch((error: unknown) => this.failed(error));
  }

  /**
   * Synchronous: a file of some kilobytes is read sooner than a promise of it settles.
   * @param key all that the features depend on
   * @returns what was written under the key; undefined where there is nothing or it is damaged
   */
  read(key: string): Float32Array | undefined {
    const path = this.pathOf(key);
    try {
      const features = decodeFeatures(key, readFileSync(path));
      // Its time says when it was last of use, to the day: what was not goes first when there is too much.
      if (features && Date.now() - statSync(path).mtimeMs > DAY_MS) {
        utimes(path, new Date(), new Date()).catch((error: unknown) => this.failed(error));
      }
      return features;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.failed(error);
      return undefined;
    }
  }

  /** Never rejects; whoever encodes does not wait for it. */
  async write(key: string, features: Float32Array): Promise<void> {
    const path = this.pathOf(key);
    // A name of its own, then renamed: another window sees all of a file or nothing.
    const draft = `${path}.${randomUUID()}`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(draft, encodeFeatures(key, features));
      await rename(draft, path);
    } catch (error) {
      this.failed(error);
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }

  /** Spread over 256 folders: some file systems are slow with tens of thousands of files in one. */
  private pathOf(key: string): string {
    const name = createHash('sha256').update(key).digest('hex');
    return join(this.folder, name.slice(0, 2), name.slice(2));
  }

  private failed(error: unknown): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.warn(`Encoded words are not kept on disk: ${(error as Error).message}`);
  }
}
