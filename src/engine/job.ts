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
