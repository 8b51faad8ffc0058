/** Times of one thing that was done again and again. */
export interface Figure {
  readonly name: string;
  readonly milliseconds: readonly number[];
}

/** Milliseconds until it settles. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

export async function measured(name: string, times: number, run: (i: number) => Promise<unknown>): Promise<Figure> {
  const milliseconds: number[] = [];
  for (let i = 0; i < times; i++) milliseconds.push(await timed(() => run(i)));
  return { name, milliseconds };
}

/**
 * Measures several things in turn, round by round: what else the machine does meanwhile then slows down each of
 * them alike, and their ratios can be trusted more than their times.
 */
export async function measuredInTurn(
  rounds: number,
  runs: Readonly<Record<string, (round: number) => Promise<unknown>>>,
): Promise<Figure[]> {
  const figures = Object.entries(runs).map(([name, run]) => ({ name, run, milliseconds: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { run, milliseconds } of figures) milliseconds.push(await timed(() => run(round)));
  }
  return figures;
}

/** Prints medians with the fastest and the slowest, and ratios to the last figure. */
export function print(title: string, figures: readonly Figure[]): void {
  const unit = figures.at(-1)!;
  console.log(`\n${title}: median, [min, max], and the ratio to "${unit.name}"`);
  for (const { name, milliseconds } of figures) {
    const mid = median(milliseconds);
    const [m, low, high] = [mid, Math.min(...milliseconds), Math.max(...milliseconds)].map((ms) => ms.toFixed(1).padStart(8)); // prettier-ignore
    const ratio = (mid / median(unit.milliseconds)).toFixed(1).padStart(6);
    console.log(`${m} ms  [${low}, ${high}]  x${ratio}  ${name} (${milliseconds.length})`);
  }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}
