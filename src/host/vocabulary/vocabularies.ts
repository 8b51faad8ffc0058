import * as vscode from 'vscode';
import {
  activeVocabulary,
  listVocabularies,
  type ActiveVocabulary,
  type ListedVocabulary,
  type Surroundings,
} from './answers';
import { BuiltIns, type ModelWords } from './builtIns';
import type { VocabularyEdit } from './file/edits';
import type { VocabularyFile } from './file/vocabularyFile';
import { LeftOut } from './leftOut';
import { placeOf, placesOf, VOCABULARY_SETTING } from './place';
import { VocabularySource } from './vocabularySource';
import { writeEdit } from './writeEdit';

export type { ActiveVocabulary, ListedVocabulary } from './answers';

/**
 * The vocabularies of every workspace folder: what their files say, and the built-in ones. A `resource` stands for
 * the folder that it is in; without one it is the first folder. Nothing is read or watched before somebody asks.
 */
export class Vocabularies implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listed = new vscode.EventEmitter<void>();
  private readonly sources = new Map<string, VocabularySource>();
  /** The active vocabulary of each file as it was last told, to tell only what is new. */
  private readonly told = new Map<string, string>();
  private readonly builtIns: BuiltIns;
  private readonly leftOut: LeftOut;
  private readonly storage: vscode.Uri;
  private subscription?: vscode.Disposable;
  private telling: Promise<void> = Promise.resolve();
  private editing: Promise<void> = Promise.resolve();
  /** What `active` answers may differ now. */
  readonly onDidChange = this.changed.event;
  /** What `list` or `templateSets` answers may differ now. */
  readonly onDidChangeList = this.listed.event;

  constructor(context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'workspaceState'>, model: ModelWords) {
    this.storage = context.globalStorageUri;
    this.leftOut = new LeftOut(context.workspaceState);
    this.builtIns = new BuiltIns(model);
  }

  /** @throws Error when the model's own words are in use and the model cannot say them */
  async active(resource?: vscode.Uri): Promise<ActiveVocabulary> {
    const source = this.sourceOf(resource);
    const active = await activeVocabulary(await source.current(), this.around(source));
    const key = source.uri.toString();
    if (!this.told.has(key)) this.told.set(key, JSON.stringify(active));
    return active;
  }

  /**
   * Those of the file in its order, then the built-in ones.
   * @throws Error when the model cannot say its words
   */
  async list(resource?: vscode.Uri): Promise<readonly ListedVocabulary[]> {
    const source = this.sourceOf(resource);
    return listVocabularies(await source.current(), this.around(source));
  }

  /** The template sets of the file, and the name of the one in use where the file says one. */
  async templateSets(resource?: vscode.Uri): Promise<Pick<VocabularyFile, 'templates' | 'templateSets'>> {
    return (await this.sourceOf(resource).current()) ?? { templateSets: new Map() };
  }

  /** Names that no file needs to hold. */
  builtInNames(): Promise<readonly string[]> {
    return this.builtIns.names();
  }

  /** Where the file is, or would be. */
  fileOf(resource?: vscode.Uri): vscode.Uri {
    return placeOf(resource, this.storage);
  }

  /**
   * Changes the file through its document, so that undo works and what is typed there stays. One without unsaved
   * changes is saved. Where there is no file, it is created, and the user is told.
   * @throws EditRefused when the file is broken or too large, or cannot be written
   */
  edit(edit: VocabularyEdit, resource?: vscode.Uri): Promise<void> {
    const source = this.sourceOf(resource);
    const done = this.editing.then(async () => {
      await writeEdit(source.uri, edit);
      await source.refresh();
    });
    this.editing = done.catch(() => undefined);
    return done;
  }

  /** Leaves prompts out for a while, or takes them in again. */
  async leaveOut(vocabulary: string, texts: readonly string[], isLeftOut: boolean, of?: vscode.Uri): Promise<void> {
    const source = this.sourceOf(of);
    await this.leftOut.set(source.uri, vocabulary, texts, isLeftOut);
    await this.tell(source);
  }

  dispose(): void {
    this.subscription?.dispose();
    for (const source of this.sources.values()) source.dispose();
    this.changed.dispose();
    this.listed.dispose();
  }

  private around({ uri }: VocabularySource): Surroundings {
    return { builtIns: this.builtIns, leftOut: (vocabulary) => this.leftOut.of(uri, vocabulary) };
  }

  private sourceOf(resource: vscode.Uri | undefined): VocabularySource {
    this.subscription ??= vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.move()),
      vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration(VOCABULARY_SETTING) && this.move()),
    );
    const uri = this.fileOf(resource);
    const known = this.sources.get(uri.toString());
    if (known) return known;
    const source = new VocabularySource(uri);
    source.onDidChange(() => void this.follow(source));
    this.sources.set(uri.toString(), source);
    return source;
  }

  /** Files have other places now. */
  private move(): void {
    const places = new Set(placesOf(this.storage).map(String));
    for (const [key, source] of this.sources) {
      if (places.has(key)) continue;
      source.dispose();
      this.sources.delete(key);
      this.told.delete(key);
    }
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
