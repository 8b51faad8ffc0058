import type { Problem } from './cell';

/** A part of a cell's text, and what it says without quotes and escapes. */
export interface PlacedText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type Place = Pick<PlacedText, 'start' | 'end'>;

/** More than anybody reads. */
const MOST_PROBLEMS = 200;

/** Collects the mistakes of a cell, each at a place that can be seen. */
export class Problems {
  private readonly all: Problem[] = [];

  constructor(private readonly source: string) {}

  error(place: Place, message: string): void {
    this.all.push({ ...this.visible(place), message, severity: 'error' });
  }

  warn(place: Place, message: string): void {
    this.all.push({ ...this.visible(place), message, severity: 'warning' });
  }

  get hasErrors(): boolean {
    return this.all.some(({ severity }) => severity === 'error');
  }

  /** By place. */
  get list(): readonly Problem[] {
    return this.all.toSorted((a, b) => a.start - b.start || a.end - b.end).slice(0, MOST_PROBLEMS);
  }

  /** Forgets those that end after a place. */
  forgetAfter(offset: number): void {
    this.all.splice(0, this.all.length, ...this.all.filter(({ end }) => end <= offset));
  }

  /** An empty place, and one behind the end, would not be underlined: takes the text before it. */
  private visible({ start, end }: Place): Place {
    const { source } = this;
    let last = Math.min(end, source.length);
    while (last > start && /\s/.test(source[last - 1]!)) last--;
    let first = Math.min(start, last);
    if (first < last) return { start: first, end: last };
    while (first > 0 && /\s/.test(source[first - 1]!)) first--;
    return first > 0 ? { start: first - 1, end: first } : { start: 0, end: Math.min(1, source.length) };
  }
}
