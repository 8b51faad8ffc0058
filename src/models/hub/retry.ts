import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled, ModelDownloadError } from '../errors';

export interface RetryPolicy {
  /** How long to wait after each failure in a row, in milliseconds; after the last one it is given up. */
  readonly delaysMs: readonly number[];
  /** A server that asks for more patience than this is not waited for. */
  readonly longestMs: number;
}

export const USUAL_RETRIES: RetryPolicy = { delaysMs: [1_000, 2_000, 4_000, 8_000, 16_000], longestMs: 60_000 };

/**
 * Waits before another try.
 * @param failures in a row before this one
 * @throws the error itself when another try is no use.
 */
export async function pauseAfter(
  error: unknown,
  failures: number,
  policy: RetryPolicy,
  signal?: AbortSignal,
): Promise<void> {
  const delay = policy.delaysMs[failures];
  if (!(error instanceof ModelDownloadError) || error.retry === undefined || delay === undefined) throw error;
  const wait = Math.max(delay, error.retry.afterMs ?? 0);
  if (wait > policy.longestMs) throw error;
  await sleep(wait, undefined, { signal }).catch(() => {
    throw cancelled();
  });
}

/** A line that was up may come up again; whoever is offline from the start wants to know at once. */
export const isUnreachable = (error: unknown) => error instanceof ModelDownloadError && error.code === 'unreachable';

/** Asks until there is an answer or another try is no use. */
export async function retrying<T>(attempt: () => Promise<T>, policy: RetryPolicy, signal?: AbortSignal): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (isUnreachable(error)) throw error;
      await pauseAfter(error, failures, policy, signal);
    }
  }
}
