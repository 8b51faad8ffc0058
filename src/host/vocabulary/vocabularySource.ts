import * as vscode from 'vscode';
import type { VocabularyFile } from './file/vocabularyFile';
import { fileText } from './fileText';

/** A branch switch deletes and writes files in bursts: what counts is how they are left. */
const REST_MS = 50;

/** What one vocabulary file says, followed in its document and on disk. Nothing is read before the first `current`. */
export class VocabularySource implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  private reading?: Promise<void>;
  private hasRead = false;
  private good?: VocabularyFile;
  private timer?: NodeJS.Timeout;
  /** Fires when the file says something else, not for a change of comments or spaces. */
  readonly onDidChange = this.changed.event;

  constructor(readonly uri: vscode.Uri) {
    const isThis = (document: vscode.TextDocument) => document.uri.toString() === uri.toString();
    const see = (document: vscode.TextDocument) => void (isThis(document) && this.refresh());
    const folder = vscode.Uri.joinPath(uri, '..');
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, name.replace(/[[\]{}*?]/g, '[$&]')),
    );
    const touch = () => this.touch();
    this.subscriptions = [
      this.changed,
      watcher,
      watcher.onDidChange(touch),
      watcher.onDidCreate(touch),
      watcher.onDidDelete(touch),
      vscode.workspace.onDidChangeTextDocument(({ document }) => see(document)),
      vscode.workspace.onDidOpenTextDocument(see), // one with changes from the last session differs from the disk
      vscode.workspace.onDidCloseTextDocument(see), // what was typed and not saved is gone
    ];
  }

  /** The file; the last one that could be used while the text is broken, undefined where there is none. */
  async current(): Promise<VocabularyFile | undefined> {
    await (this.reading ??= this.read());
    return this.good;
  }

  /** Reads again, after whatever is being read. */
  refresh(): Promise<void> {
    return (this.reading = (this.reading ?? Promise.resolve()).then(() => this.read()));
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private touch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), REST_MS);
  }

  private async read(): Promise<void> {
    const found = await fileText(this.uri);
    const isFirst = !this.hasRead;
    this.hasRead = true;
    if (found === 'too large') return;
    const before = contentOf(this.good);
    if (!found) this.good = undefined;
    else {
      const { parseVocabularyFile } = await import('./file/parseVocabularyFile');
      this.good = parseVocabularyFile(found.text).file ?? this.good;
    }
    if (!isFirst && contentOf(this.good) !== before) this.changed.fire();
  }
}

function contentOf(file: VocabularyFile | undefined): string {
  return JSON.stringify(
    file && { ...file, templateSets: [...file.templateSets], vocabularies: [...file.vocabularies] },
  );
}
