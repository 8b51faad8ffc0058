import * as vscode from 'vscode';
import { placeOf, placesOf, VOCABULARY_SETTING } from './place';
import { VocabularySource } from './vocabularySource';

/** The vocabulary files of all workspace folders, each from the first time that somebody asks for it. */
export class VocabularySources implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<VocabularySource>();
  private readonly moved = new vscode.EventEmitter<void>();
  private readonly sources = new Map<string, VocabularySource>();
  private subscription?: vscode.Disposable;
  readonly onDidChange = this.changed.event;
  /** Folders or the setting changed: files have other places. */
  readonly onDidMove = this.moved.event;

  /** @param storage where the file is while no folder is open */
  constructor(private readonly storage: vscode.Uri) {}

  of(resource: vscode.Uri | undefined): VocabularySource {
    this.subscription ??= vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.move()),
      vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration(VOCABULARY_SETTING) && this.move()),
    );
    const uri = this.placeOf(resource);
    const known = this.sources.get(uri.toString());
    if (known) return known;
    const source = new VocabularySource(uri);
    source.onDidChange(() => this.changed.fire(source));
    this.sources.set(uri.toString(), source);
    return source;
  }

  placeOf(resource: vscode.Uri | undefined): vscode.Uri {
    return placeOf(resource, this.storage);
  }

  dispose(): void {
    this.subscription?.dispose();
    for (const source of this.sources.values()) source.dispose();
    this.changed.dispose();
    this.moved.dispose();
  }

  private move(): void {
    const places = new Set(placesOf(this.storage).map(String));
    for (const [key, source] of this.sources) {
      if (places.has(key)) continue;
      source.dispose();
      this.sources.delete(key);
    }
    this.moved.fire();
  }
}
