import type * as vscode from 'vscode';

const KEY = 'clipSurgery.vocabulary.leftOut';

/** One prompt of one vocabulary: the file's address, the vocabulary's name, the prompt's text. */
type Entry = readonly [file: string, vocabulary: string, text: string];

/** Prompts that are left out for a while: the reader's own choice, so it is kept with the workspace, not in the file. */
export class LeftOut {
  constructor(private readonly state: vscode.Memento) {}

  /** Texts that are left out of a vocabulary. */
  of(file: vscode.Uri, vocabulary: string): ReadonlySet<string> {
    const isHere = ([f, v]: Entry) => f === file.toString() && v === vocabulary;
    return new Set(this.entries.filter(isHere).map(([, , text]) => text));
  }

  async set(file: vscode.Uri, vocabulary: string, texts: readonly string[], isLeftOut: boolean): Promise<void> {
    const isMeant = ([f, v, text]: Entry) => f === file.toString() && v === vocabulary && texts.includes(text);
    const others = this.entries.filter((entry) => !isMeant(entry));
    const added = isLeftOut ? texts.map((text): Entry => [file.toString(), vocabulary, text]) : [];
    await this.state.update(KEY, [...others, ...added]);
  }

  /** Forgets what is left out of a file's prompts that are no longer there. */
  async prune(file: vscode.Uri, isThere: (vocabulary: string, text: string) => boolean): Promise<void> {
    const kept = this.entries.filter(([f, vocabulary, text]) => f !== file.toString() || isThere(vocabulary, text));
    if (kept.length < this.entries.length) await this.state.update(KEY, kept);
  }

  private get entries(): readonly Entry[] {
    return this.state.get<readonly Entry[]>(KEY, []);
  }
}
