import * as vscode from 'vscode';
import { IMAGE_FILES } from '../../images/imageExtensions';
import type { Problem } from './cell';
import type { KnownModels } from './completion';
import { isCell, notebookOf, rangeOf } from './cellDocuments';
import { isGlob } from './glob';
import { fileAt } from './imagePaths';
import { folderOf } from '../notebookFolder';
import type { PlacedText } from './problems';
import { readCell } from './readCell';

export const SOURCE = 'CLIP Surgery';
/** Milliseconds of rest before a cell is looked at again. */
const REST = 150;
/** Files may be far away: of a long list only the first are looked for. */
const MOST_FILES = 100;

/** Underlines what is wrong in cells while they are written. */
export class CellDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('clip-explain');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly models: KnownModels) {
    const pictures = vscode.workspace.createFileSystemWatcher(IMAGE_FILES, false, true, false);
    const all = () => vscode.workspace.textDocuments.forEach((document) => this.later(document));
    this.subscriptions = [
      this.collection,
      pictures,
      models.onDidChangeList(all),
      pictures.onDidCreate(all),
      pictures.onDidDelete(all),
      vscode.workspace.onDidOpenTextDocument((document) => this.later(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.later(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document.uri)),
    ];
    all();
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private later(document: vscode.TextDocument): void {
    if (!isCell(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        void this.check(document);
      }, REST),
    );
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const found = await diagnosticsOf(document, await this.models.ids());
    // It may have changed, or gone, while files were looked for; then another check is or was under way.
    if (!document.isClosed && document.version === version) this.collection.set(document.uri, found);
  }

  private forget(uri: vscode.Uri): void {
    clearTimeout(this.timers.get(uri.toString()));
    this.timers.delete(uri.toString());
    this.collection.delete(uri);
  }
}

/** What is wrong in a cell, and which pictures are not there. */
export async function diagnosticsOf(
  document: vscode.TextDocument,
  models: readonly string[],
): Promise<vscode.Diagnostic[]> {
  const { problems, images } = readCell(document.getText(), { models });
  const missing = await missingFiles(images, document);
  return [...problems, ...missing].map((problem) => diagnostic(document, problem));
}

async function missingFiles(images: readonly PlacedText[], document: vscode.TextDocument): Promise<Problem[]> {
  const notebook = notebookOf(document)?.uri;
  if (!notebook || !folderOf(notebook)) return [];
  const paths = images.filter(({ text }) => !isGlob(text)).slice(0, MOST_FILES);
  const files = await Promise.all(paths.map(({ text }) => fileAt(text, notebook)));
  return paths
    .filter((_, i) => files[i]?.kind !== 'file')
    .map(({ text, start, end }) => ({
      ...{ start, end, severity: 'warning' as const },
      message: vscode.l10n.t('There is no picture {0}.', text),
    }));
}

function diagnostic(document: vscode.TextDocument, problem: Problem): vscode.Diagnostic {
  const { Error, Warning } = vscode.DiagnosticSeverity;
  const severity = problem.severity === 'error' ? Error : Warning;
  const result = new vscode.Diagnostic(rangeOf(document, problem), problem.message, severity);
  result.source = SOURCE;
  return result;
}
