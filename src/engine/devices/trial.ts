import { constants, getPriority, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution } from '../../protocol/execution';
import type { SelfTest } from '../../protocol/selfTest';
import { EngineClient, type EngineClientOptions } from '../client';
import { EngineError } from '../failure';
import { missingLibrary } from './missingLibrary';
import { plainSentence, providerFailure } from './reasons';
import type { Verdict } from './verdict';

/** An ended process that is still there after so long is left to the system: a driver may hold it. */
const LONGEST_END_MS = 5_000;
/** What a process wrote at its end comes by another way than its answer, and may come later. */
const LOG_DELAY_MS = 100;
/** Lines of the log that are searched for a reason; the last ones count. */
const MOST_LINES = 50;

export interface TrialOptions {
  /** Folder of the model. */
  readonly model: string;
  readonly engine: EngineClientOptions;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** How an execution did by itself: `works` if its numbers are right, however long they took. */
export interface Trial {
  readonly verdict: Verdict;
  /** It is the provider that does not work here: other executions on it would fail alike. */
  readonly providerFailed: boolean;
}

/**
 * Tests one execution in a process of its own, which has ended when this returns or throws.
 * @throws EngineError `cancelled` when the signal is aborted; whatever else goes wrong is a verdict
 */
export async function tryExecution(execution: Execution, options: TrialOptions): Promise<Trial> {
  const { model, engine, deadlineMs, signal } = options;
  if (signal?.aborted) throw cancelled();
  const log: string[] = [];
  const client = new EngineClient({
    ...engine,
    log: (level, message) => {
      log.push(message);
      log.splice(0, log.length - MOST_LINES);
      engine.log?.(level, message);
    },
    onState: (state) => {
      // The process is up and has no work yet: threads that it starts from here on inherit the priority.
      if (state === 'busy') lowerPriority(client.pid);
      engine.onState?.(state);
    },
  });
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal?.addEventListener('abort', abort);
  const deadline = setTimeout(abort, deadlineMs);
  const answer = await client.call('selfTest', { model, ...execution }, { signal: stop.signal }).then(
    (test) => ({ test }),
    (error: unknown) => ({ error: error as EngineError }),
  );
  clearTimeout(deadline);
  signal?.removeEventListener('abort', abort);
  await end(client);
  if (signal?.aborted) throw cancelled();
  if ('test' in answer) return { verdict: verdictOf(execution, answer.test), providerFailed: false };
  if (stop.signal.aborted) {
    const reason = `It did not answer within ${deadlineMs / 1000} seconds.`;
    return { verdict: { execution, outcome: 'hung', reason }, providerFailed: false };
  }
  await sleep(LOG_DELAY_MS);
  return failed(execution, answer.error, log.join('\n'));
}

function verdictOf(execution: Execution, { wrong, milliseconds, maps }: SelfTest): Verdict {
  return wrong === undefined
    ? { execution, outcome: 'works', milliseconds, maps }
    : { execution, outcome: 'wrong', reason: plainSentence(wrong), milliseconds, maps };
}

function failed(execution: Execution, { code, message }: EngineError, log: string): Trial {
  if (code === 'provider') {
    const { reason, altogether } = providerFailure(message, log);
    return { verdict: { execution, outcome: 'failed', reason }, providerFailed: altogether };
  }
  const verdict: Verdict =
    code === 'crashed'
      ? { execution, outcome: 'crashed', reason: missingLibrary(log) ?? plainSentence(message) }
      : { execution, outcome: 'failed', reason: plainSentence(message) };
  return { verdict, providerFailed: false };
}

/** Below that of the user's own work. */
function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, Math.max(getPriority(pid), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // It is a courtesy: the test goes on at the usual priority.
  }
}

/** Ends the process and waits until it is gone, so that the next one has the device for itself. */
async function end(client: EngineClient): Promise<void> {
  const { pid } = client;
  client.dispose();
  const last = Date.now() + LONGEST_END_MS;
  while (pid !== undefined && isRunning(pid) && Date.now() < last) await sleep(10);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const cancelled = () => new EngineError('cancelled', 'Cancelled.');
