import type { Node } from 'jsonc-parser';
import type { Problem } from './vocabularyFile';

/** Collects what is wrong with a file, each at its place. */
export class Problems {
  private readonly all: Problem[] = [];

  error(node: Node, message: string): void {
    this.add(node, message, 'error');
  }

  warn(node: Node, message: string): void {
    this.add(node, message, 'warning');
  }

  /** By place. */
  get list(): readonly Problem[] {
    return this.all.toSorted((a, b) => a.start - b.start || a.end - b.end);
  }

  private add({ offset, length }: Node, message: string, severity: Problem['severity']): void {
    this.all.push({ start: offset, end: offset + length, message, severity });
  }
}
