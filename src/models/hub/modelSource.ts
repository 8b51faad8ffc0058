import { ModelDownloadError } from '../errors';
import { readJsonFile } from '../jsonFile';
import { fileFacts, isSha256, type FileFacts } from './fileFacts';
import type { Hub } from './hub';
import type { HubCache } from './hubCache';
import { listingOf, type Listing } from './listing';
import { retrying, type RetryPolicy } from './retry';

/** Who says which files a repository has and what they are. All throw ModelDownloadError. */
export interface ModelSource {
  listing(repository: string, revision: string): Promise<Listing>;
  facts(repository: string, revision: string, path: string): Promise<FileFacts>;
  json(repository: string, revision: string, path: string): Promise<unknown>;
}

/** The hub itself; asked again when it is busy. */
export function hubSource(hub: Hub, retries: RetryPolicy, signal?: AbortSignal): ModelSource {
  const patiently = <T>(attempt: () => Promise<T>) => retrying(attempt, retries, signal);
  return {
    listing: (repository, revision) => patiently(() => listingOf(hub, repository, revision, signal)),
    facts: (repository, revision, path) => patiently(() => fileFacts(hub, repository, revision, path, signal)),
    json: (repository, revision, path) =>
      patiently(() => hub.json(hub.fileUrl(repository, revision, path), `${path} of ${repository}`, signal)),
  };
}

/** What the hub's tools downloaded earlier, for machines without a network. */
export function cacheSource(cache: HubCache | undefined): ModelSource {
  const commitOf = async (repository: string, revision: string) =>
    (await cache?.commitOf(repository, revision)) ?? Promise.reject(missing(repository));
  const find = async (repository: string, revision: string, path: string) => {
    const commit = await commitOf(repository, revision);
    const found = await cache?.find(repository, commit, path);
    return found ? { ...found, commit } : Promise.reject(missing(`${path} of ${repository}`));
  };
  return {
    async listing(repository, revision) {
      const commit = await commitOf(repository, revision);
      return { commit, names: (await cache?.namesOf(repository, commit)) ?? [] };
    },
    async facts(repository, revision, path) {
      const { size, etag, commit } = await find(repository, revision, path);
      return { size, commit, etag, sha256: isSha256(etag) ? etag : undefined };
    },
    async json(repository, revision, path) {
      const found = await find(repository, revision, path);
      return readJsonFile(found.path);
    },
  };
}

function missing(what: string): ModelDownloadError {
  return new ModelDownloadError(
    'offline',
    `HF_HUB_OFFLINE is set, and the hub's cache on this machine does not have ${what}.`,
    'Unset it to download the model, or choose a folder that has it.',
  );
}
