import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

export interface HashOptions {
  readonly signal?: AbortSignal;
  /** Told after each piece how many bytes it had. */
  readonly onBytes?: (count: number) => void;
}

/** Large enough that hashing is fast, small enough that the thread is never held for long. */
const PIECE = 2 ** 20;

/**
 * SHA-256 of a whole file, in lower-case hex.
 * @throws AbortError when the signal aborts.
 */
export function sha256Of(path: string, options?: HashOptions): Promise<string> {
  return digest(createHash('sha256'), path, options);
}

/** What git, and so the hub, calls the content of a file that is not large: SHA-1 of a header and the bytes, in hex. */
export async function gitObjectOf(path: string, options?: HashOptions): Promise<string> {
  const { size } = await stat(path);
  return digest(createHash('sha1').update(`blob ${size}\0`), path, options);
}

async function digest(hash: Hash, path: string, { signal, onBytes }: HashOptions = {}): Promise<string> {
  for await (const piece of createReadStream(path, { highWaterMark: PIECE, signal }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    onBytes?.(piece.length);
  }
  return hash.digest('hex');
}
