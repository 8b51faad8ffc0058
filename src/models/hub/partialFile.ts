import { open, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileSystemError, ModelDownloadError } from '../errors';
import { readJsonFile, writeJsonFile } from '../jsonFile';
import type { PinnedFile } from '../record';
import { sha256Of } from '../sha256';

/** Which content the bytes that are there belong to. */
interface Note {
  readonly url: string;
  readonly revision: string;
  readonly etag?: string;
  readonly size: number;
}

/**
 * A file that is coming: `<name>.part` holds its first bytes, and a note beside it says of what they are the
 * first bytes. The real name appears only when all of them are there and right.
 */
export class PartialFile {
  readonly path: string;
  private readonly notePath: string;

  constructor(
    private readonly target: string,
    private readonly file: PinnedFile,
  ) {
    this.path = `${target}.part`;
    this.notePath = `${target}.part.json`;
  }

  /** Bytes that are there already. */
  async size(): Promise<number> {
    return (await stat(this.path).catch(() => undefined))?.size ?? 0;
  }

  /** Keeps what an earlier session left if it is of the same content. */
  async prepare(url: URL): Promise<void> {
    const { revision, etag, size } = this.file;
    const note = (await readJsonFile(this.notePath)) as Partial<Note> | undefined;
    const isSame = etag === undefined ? note?.revision === revision : note?.etag === etag;
    if (isSame && note?.size === size && (await this.size()) <= size) return;
    await this.discard();
    await writeJsonFile(this.notePath, { url: url.href, revision, etag, size } satisfies Note);
    await writeFile(this.path, '');
  }

  /** Opens it for what comes after its first `from` bytes. */
  async openAt(from: number): Promise<FileHandle> {
    const handle = await open(this.path, 'a');
    await handle.truncate(from);
    return handle;
  }

  /**
   * Gives the file its real name once its hash is right; a wrong one removes it.
   * @returns its SHA-256
   */
  async complete(expected: string | undefined, signal?: AbortSignal): Promise<string> {
    try {
      const sha256 = await sha256Of(this.path, { signal });
      if (expected !== undefined && sha256 !== expected) {
        await this.discard();
        throw new ModelDownloadError(
          'hash',
          `${this.file.name} of ${this.file.repository} came with the wrong bytes and was removed.`,
          'Download it again; if that does not help, a proxy on the way changes it.',
        );
      }
      await synced(this.path, 'r+');
      await rename(this.path, this.target);
      await synced(dirname(this.target), 'r').catch(() => undefined); // not every system can sync a folder
      await rm(this.notePath, { force: true });
      return sha256;
    } catch (error) {
      throw fileSystemError(error, this.target);
    }
  }

  async discard(): Promise<void> {
    await Promise.all([this.path, this.notePath].map((path) => rm(path, { force: true })));
  }
}

async function synced(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
