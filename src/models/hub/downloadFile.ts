import { fileSystemError, ModelDownloadError, type Retry } from '../errors';
import type { PinnedFile } from '../record';
import { networkError, statusError } from './failures';
import type { Hub } from './hub';
import { PartialFile } from './partialFile';
import { isUnreachable, pauseAfter, type RetryPolicy } from './retry';

export interface FileDownload {
  readonly retries: RetryPolicy;
  readonly signal?: AbortSignal;
  /** Told how many bytes of the file are there, first those of an earlier session. It can fall back to 0. */
  readonly onBytes?: (done: number) => void;
}

/**
 * Brings one file to `target`, going on where an earlier attempt or an earlier session was cut.
 * @returns its SHA-256, which is the pinned one where there is one
 * @throws ModelDownloadError; what has come is kept unless its bytes are wrong.
 */
export async function downloadFile(
  hub: Hub,
  file: PinnedFile,
  target: string,
  { retries, signal, onBytes }: FileDownload,
): Promise<string> {
  const url = hub.fileUrl(file.repository, file.revision, file.path);
  const partial = new PartialFile(target, file);
  await partial.prepare(url).catch((error: unknown) => {
    throw fileSystemError(error, target);
  });
  const atFirst = await partial.size();
  onBytes?.(atFirst);
  let furthest = atFirst;
  let failures = 0;
  while ((await partial.size()) < file.size) {
    try {
      await fetchRest(hub, url, file, partial, { signal, onBytes });
    } catch (error) {
      const reached = await partial.size();
      // A poor line may be cut as often as it likes while it gets further.
      if (reached > furthest) failures = 0;
      furthest = Math.max(furthest, reached);
      if (isUnreachable(error) && furthest === atFirst) throw error;
      await pauseAfter(error, failures++, retries, signal);
    }
  }
  return partial.complete(file.sha256, signal);
}

/** One request for all bytes that are missing. */
async function fetchRest(
  hub: Hub,
  url: URL,
  file: PinnedFile,
  partial: PartialFile,
  { signal, onBytes }: Pick<FileDownload, 'signal' | 'onBytes'>,
): Promise<void> {
  const asked = `${file.path} of ${file.repository}`;
  const have = await partial.size();
  const headers = have > 0 ? { range: `bytes=${have}-` } : undefined;
  const { response } = await hub.request(url, { headers, signal });
  if (response.status === 416) {
    await response.body?.cancel();
    await partial.discard();
    await partial.prepare(url);
    throw wrongSize(asked, file.size, {});
  }
  if (!response.ok || !response.body) throw statusError(response, asked);
  let done = startOf(response);
  if (done !== 0 && done !== have) throw wrongSize(asked, file.size);

  const handle = await partial.openAt(done).catch((error: unknown) => {
    throw fileSystemError(error, partial.path);
  });
  try {
    for await (const piece of pieces(response.body, url.host, signal)) {
      done += piece.length;
      if (done > file.size) break;
      await handle.appendFile(piece).catch((error: unknown) => {
        throw fileSystemError(error, partial.path);
      });
      onBytes?.(done);
    }
  } finally {
    await handle.close();
  }
  if (done > file.size) {
    await partial.discard();
    throw wrongSize(asked, file.size);
  }
  if (done < file.size) throw networkError(new Error(`after ${done} of ${file.size} bytes`), url.host);
}

/** The bytes of a body; what breaks off says so in our words. */
async function* pieces(
  body: ReadableStream<Uint8Array>,
  host: string,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw networkError(error, host, signal);
  }
}

/** Where in the file the body begins: a server that knows no ranges sends all of it. */
function startOf(response: Response): number {
  if (response.status !== 206) return 0;
  return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? NaN);
}

function wrongSize(asked: string, size: number, retry?: Retry): ModelDownloadError {
  return new ModelDownloadError(
    'size',
    `The server sends something else than the ${size} bytes that the hub promises for ${asked}.`,
    'Try again later, or set HF_ENDPOINT to another mirror.',
    retry,
  );
}
