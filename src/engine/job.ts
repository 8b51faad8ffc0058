import { setImmediate } from 'node:timers/promises';
import type { Stage } from '../protocol/engine';

/** The request that is being worked on: whether somebody still wants it, and whom to tell how it goes. */
export interface Job {
  readonly signal: AbortSignal;
  stage(stage: Stage): void;
}

/**
 * Lets messages in between two pieces of work: a native run blocks the whole process.
 * @throws AbortError when the request was cancelled meanwhile.
 */
export async function breathe(job: Job): Promise<void> {
  await setImmediate();
  job.signal.throwIfAborted();
}

/**
 * Answers whether something that happens often is to be told now: the first time, and then after each interval.
 * @param now milliseconds of a clock
 */
export function paced(intervalMs: number, now: () => number = () => performance.now()): () => boolean {
  let last = -Infinity;
  return () => {
    const time = now();
    if (time - last < intervalMs) return false;
    last = time;
    return true;
  };
}
