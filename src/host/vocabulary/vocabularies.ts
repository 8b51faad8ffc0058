import * as vscode from 'vscode';
import {
  activeVocabulary,
  listVocabularies,
  vocabularyInUse,
  type ActiveVocabulary,
  type ListedVocabulary,
  type Surroundings,
} from './answers';
import { BuiltIns, type ModelWords } from './builtIns';
import type { VocabularyEdit } from './file/edits';
import type { VocabularyFile } from './file/vocabularyFile';
import { LeftOut } from './leftOut';
import type { VocabularySource } from './vocabularySource';
import { VocabularySources } from './vocabularySources';
import { writeEdit } from './writeEdit';

export type { ActiveVocabulary, ListedVocabulary } from './answers';

/** What is told of an active vocabulary before it is known. */
const NOT_YET = '';

/**
 * The vocabularies of every workspace folder: what their files say, and the built-in ones. A `resource` stands for
 * the folder that it is in; without one it is the first folder. Nothing is read or watched before somebody asks.
 */
export class Vocabularies implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listed = new vscode.EventEmitter<void>();
  private readonly sources: VocabularySources;
  /** The active vocabulary of each file as it was last told, to tell only what is new. */
  private readonly told = new Map<string, string>();
  private readonly builtIns: BuiltIns;
  private readonly leftOut: LeftOut;
  private readonly following: vscode.Disposable;
  private telling: Promise<void> = Promise.resolve();
  private editing: Promise<void> = Promise.resolve();
  /** What `active` answers may differ now. */
  readonly onDidChange = this.changed.event;
  /** What `list` or `templateSets` answers may differ now. */
  readonly onDidChangeList = this.listed.event;

  constructor(context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'workspaceState'>, model: ModelWords) {
    this.sources = new VocabularySources(context.globalStorageUri);
    this.sources.onDidChange((source) => void this.follow(source));
    this.sources.onDidMove(() => this.startAnew());
    this.leftOut = new LeftOut(context.workspaceState);
    this.builtIns = new BuiltIns(model);
    this.following = model.onDidChange(() => this.startAnew());
  }

  /** @throws Error when the model's own words are in use and the model cannot say them */
  async active(resource?: vscode.Uri): Promise<ActiveVocabulary> {
    const source = this.sources.of(resource);
    const key = source.uri.toString();
    if (!this.told.has(key)) this.told.set(key, NOT_YET); // a change while the answer is made is news
    const active = await activeVocabulary(await source.current(), this.around(source));
    if (this.told.get(key) === NOT_YET) this.told.set(key, JSON.stringify(active));
    return active;
  }

  /** The active vocabulary with all that it holds; throws as {@link active}. */
  async inUse(resource?: vscode.Uri): Promise<ListedVocabulary> {
    const source = this.sources.of(resource);
    return vocabularyInUse(await source.current(), this.around(source));
  }

  /** Those of the file in its order, then the built-in ones; throws as {@link active}. */
  async list(resource?: vscode.Uri): Promise<readonly ListedVocabulary[]> {
    const source = this.sources.of(resource);
    return listVocabularies(await source.current(), this.around(source));
  }

  /** The template sets of the file, and the name of the one in use where the file says one. */
  async templateSets(resource?: vscode.Uri): Promise<Pick<VocabularyFile, 'templates' | 'templateSets'>> {
    return (await this.sources.of(resource).current()) ?? { templateSets: new Map() };
  }

  /** Names that no file needs to hold. */
  builtInNames(): Promise<readonly string[]> {
    return this.builtIns.names();
  }

  /** Where the file is, or would be. */
  fileOf(resource?: vscode.Uri): vscode.Uri {
    return this.sources.placeOf(resource);
  }

  /**
   * Changes the file through its document, so that undo works and what is typed there stays. One without unsaved
   * changes is saved. Where there is no file, it is created, and the user is told.
   * @throws EditRefused when the file is broken or too large, or cannot be written
   */
  edit(edit: VocabularyEdit, resource?: vscode.Uri): Promise<void> {
    const source = this.sources.of(resource);
    const done = this.editing.then(async () => {
      await writeEdit(source.uri, edit);
      await source.refresh();
    });
    this.editing = done.catch(() => undefined);
    return done;
  }

  /** Leaves prompts out for a while, or takes them in again. */
  async leaveOut(vocabulary: string, texts: readonly string[], isLeftOut: boolean, of?: vscode.Uri): Promise<void> {
    const source = this.sources.of(of);
    await this.leftOut.set(source.uri, vocabulary, texts, isLeftOut);
    await this.tell(source);
  }

  dispose(): void {
    this.following.dispose();
    this.sources.dispose();
    this.changed.dispose();
    this.listed.dispose();
  }

  private around({ uri }: VocabularySource): Surroundings {
    return { builtIns: this.builtIns, leftOut: (vocabulary) => this.leftOut.of(uri, vocabulary) };
  }

  private startAnew(): void {
    this.told.clear();
    this.listed.fire();
    this.changed.fire();
  }

  private async follow(source: VocabularySource): Promise<void> {
    const file = await source.current();
    const builtIn = await this.builtIns.names();
    await this.leftOut.prune(source.uri, (vocabulary, text) => {
      const prompts = file?.vocabularies.get(vocabulary);
      return prompts ? prompts.some((prompt) => prompt.text === text) : builtIn.includes(vocabulary);
    });
    await this.tell(source);
  }

  /** One after the other, so that the last word is the newest. */
  private tell(source: VocabularySource): Promise<void> {
    this.listed.fire();
    return (this.telling = this.telling.then(async () => {
      const active = await activeVocabulary(await source.current(), this.around(source)).catch(() => undefined);
      const key = source.uri.toString();
      const before = this.told.get(key);
      const now = JSON.stringify(active ?? null);
      if (before === undefined || before === now) return;
      this.told.set(key, now);
      this.changed.fire();
    }));
  }
}
