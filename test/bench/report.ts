import { writeFileSync } from 'node:fs';
import type { Machine } from './machine';
import type { PytorchAbout } from './pytorch';
import { median, type Figure, type Goal, type Unit } from './measure';

/** Figures that belong together. */
export interface Section {
  readonly title: string;
  /** Name of the figure that the others are compared with. */
  readonly reference?: string;
  readonly figures: readonly Figure[];
}

/** Gathers what was measured and shows each section as soon as it is there. */
export class Report {
  private readonly sections: Section[] = [];
  private readonly notes: string[] = [];
  private pytorch?: PytorchAbout;

  /** @param show one line, for people */
  constructor(
    private readonly machine: Machine,
    private readonly show: (line: string) => void,
  ) {
    for (const [name, value] of Object.entries(machine)) show(`${name.padEnd(18)} ${String(value)}`);
  }

  add(section: Section): void {
    this.sections.push(section);
    const { title, reference, figures } = section;
    const ratio = reference === undefined ? '' : `; how many times as fast as "${reference}", round by round`;
    this.show(`\n${title}: median [min, max]${ratio}`);
    for (const figure of figures) this.show(line(figure, section));
  }

  compareWith(pytorch: PytorchAbout): void {
    this.pytorch = pytorch;
    const { torch, threads, gigaflops } = pytorch;
    this.show(
      `pytorch            ${torch}, ${threads} threads, ${gigaflops.toFixed(0)} GFLOP/s in a matrix product of float32`,
    );
  }

  note(text: string): void {
    this.notes.push(text);
    this.show(`\n${text}`);
  }

  /** @param path left out: to the standard output */
  writeJson(path?: string): void {
    const { machine, pytorch, notes } = this;
    const sections = this.sections.map((section) => ({
      ...section,
      figures: section.figures.map((figure) => ({
        ...figure,
        median: median(figure.values),
        timesAsFast: timesAsFast(figure, section),
        reached: isReached(figure, section),
      })),
    }));
    const json = `${JSON.stringify({ machine, pytorch, notes, sections }, null, 2)}\n`;
    if (path === undefined) process.stdout.write(json);
    else writeFileSync(path, json);
  }
}

function line(figure: Figure, section: Section): string {
  const { name, unit, values, goal } = figure;
  const [mid, low, high] = [median(values), Math.min(...values), Math.max(...values)].map((value) => number(value, unit)); // prettier-ignore
  const ratio = timesAsFast(figure, section);
  const faster = ratio === undefined ? '' : `x${ratio.toFixed(1)}`;
  const aim = goal && `  [goal ${goalText(goal, unit)}: ${reachedText(isReached(figure, section))}]`;
  return `${mid} ${LABELS[unit]}  [${low}, ${high}]  ${faster.padStart(7)}  ${name} (${values.length})${aim ?? ''}`;
}

const LABELS: Readonly<Record<Unit, string>> = { ms: 'ms', MB: 'MB', relative: '  ' };

function number(value: number, unit: Unit): string {
  return (unit === 'relative' ? value.toExponential(1) : value.toFixed(1)).padStart(9);
}

/** The median over the rounds, each of which measured both; of as many rounds as both have. */
function timesAsFast(figure: Figure, { reference, figures }: Section): number | undefined {
  const base = figures.find(({ name }) => name === reference);
  if (!base || base === figure || base.unit !== figure.unit || base.values.length !== figure.values.length) return undefined; // prettier-ignore
  return median(figure.values.map((value, round) => base.values[round]! / value));
}

/** Undefined where there is no goal, or nothing to compare with. */
function isReached(figure: Figure, section: Section): boolean | undefined {
  const { goal, values } = figure;
  if (!goal) return undefined;
  if ('atMost' in goal) return median(values) <= goal.atMost;
  const ratio = timesAsFast(figure, section);
  return ratio === undefined ? undefined : ratio >= goal.timesAsFast;
}

function goalText(goal: Goal, unit: Unit): string {
  return 'atMost' in goal ? `${goal.atMost} ${LABELS[unit]}`.trimEnd() : `x${goal.timesAsFast}`;
}

function reachedText(reached: boolean | undefined): string {
  return reached === undefined ? 'nothing to compare with' : reached ? 'reached' : 'missed';
}
