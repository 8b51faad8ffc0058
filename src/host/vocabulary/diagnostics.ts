import * as vscode from 'vscode';
import { isTooLarge, tooLargeMessage } from './fileText';
import { placesOf, VOCABULARY_SETTING } from './place';
import type { Vocabularies } from './vocabularies';

/** What is wrong with a vocabulary file, shown where it is while the file is open. */
export class VocabularyDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('CLIP Surgery');
  private readonly subscriptions: vscode.Disposable[];
  /** Kept, for every change of every document asks for them. */
  private places: ReadonlySet<string> = new Set();

  constructor(
    private readonly vocabularies: Vocabularies,
    private readonly storage: vscode.Uri,
  ) {
    const see = (document: vscode.TextDocument) => void this.see(document);
    this.subscriptions = [
      this.collection,
      vscode.workspace.onDidOpenTextDocument(see),
      vscode.workspace.onDidChangeTextDocument(({ document }) => see(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.collection.delete(uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.begin()),
      vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration(VOCABULARY_SETTING) && this.begin()),
    ];
    this.begin();
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  /** Files have their places. */
  private begin(): void {
    this.places = new Set(placesOf(this.storage).map(String));
    this.collection.clear();
    vscode.workspace.textDocuments.forEach((document) => void this.see(document));
  }

  private async see(document: vscode.TextDocument): Promise<void> {
    const { uri, version } = document;
    if (!this.places.has(uri.toString())) return;
    const found = await this.problemsOf(document);
    if (document.version === version && !document.isClosed) this.collection.set(uri, found);
  }

  private async problemsOf(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
    const text = document.getText();
    const diagnostic = (start: number, end: number, message: string, severity: vscode.DiagnosticSeverity) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      return Object.assign(new vscode.Diagnostic(range, message, severity), { source: 'CLIP Surgery' });
    };
    if (isTooLarge(text.length)) return [diagnostic(0, 1, tooLargeMessage(), vscode.DiagnosticSeverity.Error)];
    const { parseVocabularyFile } = await import('./file/parseVocabularyFile');
    const { Error, Warning } = vscode.DiagnosticSeverity;
    return parseVocabularyFile(text, await this.vocabularies.builtInNames()).problems.map(
      ({ start, end, message, severity }) => diagnostic(start, end, message, severity === 'error' ? Error : Warning),
    );
  }
}
