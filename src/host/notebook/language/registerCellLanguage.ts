import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CELLS } from './cellDocuments';
import { CellCompletion, type CompletionSources } from './completion';
import { CellDiagnostics } from './diagnostics';
import { CellHover } from './hover';
import { CellLinks } from './links';

/** What helps while cells are written: mistakes, completion, hovers and links. */
export function registerCellLanguage(options: CompletionSources): vscode.Disposable[] {
  // What reads cells does not know the editor, and takes its texts from the same bundle.
  if (vscode.l10n.bundle) config({ contents: vscode.l10n.bundle });
  const { registerCompletionItemProvider, registerHoverProvider, registerDocumentLinkProvider } = vscode.languages;
  return [
    new CellDiagnostics(options.models),
    registerCompletionItemProvider(CELLS, new CellCompletion(options), ...CellCompletion.triggerCharacters),
    registerHoverProvider(CELLS, new CellHover(options.models)),
    registerDocumentLinkProvider(CELLS, new CellLinks()),
  ];
}
