import { ModelDownloadError } from '../errors';
import type { Hub } from './hub';

/** What a repository holds at one commit. */
export interface Listing {
  readonly commit: string;
  readonly names: readonly string[];
  /** As the authors state it on the page of the model. */
  readonly licence?: string;
}

/** @throws ModelDownloadError when there is no such repository or it cannot be seen. */
export async function listingOf(
  hub: Hub,
  repository: string,
  revision: string,
  signal?: AbortSignal,
): Promise<Listing> {
  const asked = `the repository ${repository} at ${revision}`;
  const answer = await hub.json(hub.modelUrl(repository, revision), asked, signal);
  const { sha, siblings, cardData } = (answer ?? {}) as { sha?: unknown; siblings?: unknown; cardData?: unknown };
  if (typeof sha !== 'string' || !Array.isArray(siblings)) {
    throw new ModelDownloadError('bad-answer', `The hub does not list ${asked}.`);
  }
  const names = siblings.map((sibling) => (sibling as { rfilename?: unknown } | null)?.rfilename);
  const licence = (cardData as { license?: unknown } | null | undefined)?.license;
  return {
    commit: sha,
    names: names.filter((name) => typeof name === 'string'),
    licence: typeof licence === 'string' ? licence : undefined,
  };
}
