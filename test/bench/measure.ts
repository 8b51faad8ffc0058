import { setTimeout as sleep } from 'node:timers/promises';

/** Threads of what ran before may spin for a while, and would take the cores from what runs next. */
const SETTLE_MS = 100;

export type Unit = 'ms' | 'MB' | 'relative';

/** What is aimed at: so much or less, or so many times as fast as the reference of the section. */
export type Goal = { readonly atMost: number } | { readonly timesAsFast: number };

/** What was measured of one thing, again and again. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly values: readonly number[];
  readonly goal?: Goal;
}

/** A thing to measure; a run answers with the milliseconds that it took. */
export interface Task {
  readonly name: string;
  readonly goal?: Goal;
  run(round: number): Promise<number>;
}

/** Milliseconds until it settles. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * Measures several things in turn, round by round: what else the machine does meanwhile then slows down each of
 * them alike, and their ratios can be trusted more than their times.
 */
export async function inTurn(rounds: number, tasks: readonly Task[]): Promise<Figure[]> {
  const figures = tasks.map(({ name, goal }) => ({ name, goal, unit: 'ms' as const, values: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, task] of tasks.entries()) {
      await sleep(SETTLE_MS);
      figures[i]!.values.push(await task.run(round));
    }
  }
  return figures;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
