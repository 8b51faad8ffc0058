import type * as vscode from 'vscode';

/** Pictures that were chosen together, and which of them is shown. */
export interface Shown {
  readonly images: readonly vscode.Uri[];
  readonly index: number;
}

/** So many steps back are plenty; more would only hold memory. */
const LONGEST = 200;

/** The pictures seen, to walk back and forward through as in a browser. */
export class History {
  private entries: Shown[] = [];
  private at = -1;

  get current(): Shown | undefined {
    return this.entries[this.at];
  }

  get canGoBack(): boolean {
    return this.at > 0;
  }

  get canGoForward(): boolean {
    return this.at < this.entries.length - 1;
  }

  /** Goes to something new; what was ahead is forgotten. The picture that is shown already is no step. */
  push(next: Shown): void {
    const { current } = this;
    const isSame = current && String(current.images[current.index]) === String(next.images[next.index]);
    const kept = this.entries.slice(0, this.at + (isSame ? 0 : 1));
    this.entries = [...kept, next].slice(-LONGEST);
    this.at = this.entries.length - 1;
  }

  /** Whether there was a step to take. */
  walk(by: 1 | -1): boolean {
    if (by < 0 ? !this.canGoBack : !this.canGoForward) return false;
    this.at += by;
    return true;
  }
}
