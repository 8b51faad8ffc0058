import { constants } from 'node:fs';
import { copyFile, link, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { fileSystemError } from '../errors';
import type { PinnedFile } from '../record';
import { gitObjectOf, sha256Of } from '../sha256';

/** SHA-256 of a large file, git's object of a small one. */
const HASH = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** Where the hub's own tools keep what they downloaded, in the order in which they look. */
export function hubCacheFolder(env: NodeJS.ProcessEnv, home = homedir()): string {
  const caches = env['XDG_CACHE_HOME'] || join(home, '.cache');
  const named = env['HF_HUB_CACHE'] || env['HUGGINGFACE_HUB_CACHE'];
  return named || join(env['HF_HOME'] || join(caches, 'huggingface'), 'hub');
}

/**
 * The cache that the hub's tools share: models--org--name/{refs/<branch>, snapshots/<commit>/<file>, blobs/<etag>}.
 * It is only read, and nothing of it is believed before its hash fits: half a cache looks like a whole one.
 */
export class HubCache {
  constructor(private readonly folder: string) {}

  /** The commit that a branch was at when it was last downloaded; a commit is itself. */
  async commitOf(repository: string, revision: string): Promise<string | undefined> {
    const found = await readFile(join(this.repository(repository), 'refs', revision), 'utf8').catch(() => undefined);
    if (found) return found.trim();
    const snapshot = join(this.repository(repository), 'snapshots', revision);
    return (await stat(snapshot).catch(() => undefined)) ? revision : undefined;
  }

  /** Names of the files that are there of a commit. */
  async namesOf(repository: string, commit: string): Promise<readonly string[]> {
    return readdir(join(this.repository(repository), 'snapshots', commit)).catch(() => []);
  }

  /** Where a file of a commit is and how large; its real name is its etag where the cache has links. */
  async find(repository: string, commit: string, path: string) {
    const found = await realpath(join(this.repository(repository), 'snapshots', commit, path)).catch(() => undefined);
    return found === undefined ? undefined : { path: found, size: (await stat(found)).size, etag: basename(found) };
  }

  /**
   * Brings a file to `target` if the cache has exactly its bytes: by a link where that is possible.
   * @returns its SHA-256; undefined when the cache does not have it or its hash does not fit.
   */
  async take(file: PinnedFile, target: string, signal?: AbortSignal): Promise<string | undefined> {
    const { repository, revision, path, size, etag } = file;
    if (etag === undefined || !HASH.test(etag)) return undefined;
    const blob = join(this.repository(repository), 'blobs', etag);
    const found = await realpath(blob).catch(async () => (await this.find(repository, revision, path))?.path);
    if (found === undefined || (await stat(found)).size !== size) return undefined;
    const fresh = `${target}.cached`;
    try {
      await rm(fresh, { force: true });
      await link(found, fresh).catch(() => copyFile(found, fresh, constants.COPYFILE_FICLONE));
      const sha256 = await fittingHash(fresh, file, signal);
      if (sha256 !== undefined) await rename(fresh, target);
      return sha256;
    } catch (error) {
      throw fileSystemError(error, target);
    } finally {
      await rm(fresh, { force: true });
    }
  }

  private repository(name: string): string {
    return join(this.folder, `models--${name.replaceAll('/', '--')}`);
  }
}

/** The file's SHA-256 if it has the hash that it must have; a small one is known by git's. */
async function fittingHash(
  path: string,
  { sha256, etag }: PinnedFile,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const found = await sha256Of(path, { signal });
  const fits = sha256 !== undefined ? found === sha256 : (await gitObjectOf(path, { signal })) === etag;
  return fits ? found : undefined;
}
