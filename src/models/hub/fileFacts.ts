import { ModelDownloadError } from '../errors';
import { statusError } from './failures';
import type { Hub } from './hub';

/** What the hub's own headers say about a file, before the redirect to where its bytes are. */
export interface FileFacts {
  /** In bytes. */
  readonly size: number;
  /** Commit of the repository; undefined at mirrors that do not say. */
  readonly commit?: string;
  /** Names the content: SHA-256 of a large file, git's object of a small one. */
  readonly etag?: string;
  /** Of large files only. */
  readonly sha256?: string;
}

export const isSha256 = (etag: string) => /^[0-9a-f]{64}$/.test(etag);

/** @throws ModelDownloadError when the hub has no such file or does not say how large it is. */
export async function fileFacts(
  hub: Hub,
  repository: string,
  revision: string,
  path: string,
  signal?: AbortSignal,
): Promise<FileFacts> {
  const asked = `${path} of ${repository}`;
  const url = hub.fileUrl(repository, revision, path);
  const { response, header } = await hub.request(url, { method: 'HEAD', signal, stay: true });
  if (response.status >= 400) throw statusError(response, asked);
  const etag = unquoted(header('x-linked-etag') ?? header('etag'));
  // The length of a redirect is not that of the file.
  const length = header('x-linked-size') ?? (response.ok ? response.headers.get('content-length') : null);
  const size = length === null ? NaN : Number(length);
  if (!Number.isSafeInteger(size)) {
    throw new ModelDownloadError('bad-answer', `The hub does not say how large ${asked} is.`);
  }
  const sha256 = etag !== undefined && isSha256(etag) ? etag : undefined;
  return { size, commit: header('x-repo-commit') ?? undefined, etag, sha256 };
}

const unquoted = (etag: string | null) => etag?.replace(/^W\//, '').replaceAll('"', '').toLowerCase();
