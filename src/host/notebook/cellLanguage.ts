import * as vscode from 'vscode';
import { CELL_LANGUAGE } from '../../protocol/notebook';
import type { CompletionSources } from './language/completion';

/**
 * What helps while cells are written, from the first cell that is opened on: it brings the largest
 * library of the extension with it, which a window without CLIP notebooks must not pay for.
 */
export class CellLanguage implements vscode.Disposable {
  private readonly parts: vscode.Disposable[] = [];
  private isLoaded = false;

  constructor(private readonly sources: CompletionSources) {
    this.parts.push(vscode.workspace.onDidOpenTextDocument((document) => this.see(document)));
    vscode.workspace.textDocuments.forEach((document) => this.see(document));
  }

  dispose(): void {
    vscode.Disposable.from(...this.parts).dispose();
  }

  private see({ languageId }: vscode.TextDocument): void {
    if (this.isLoaded || languageId !== CELL_LANGUAGE) return;
    this.isLoaded = true;
    void import('./language/registerCellLanguage').then(({ registerCellLanguage }) => {
      this.parts.push(...registerCellLanguage(this.sources));
    });
  }
}
