import * as vscode from 'vscode';
import { CELL_LANGUAGE, NOTEBOOK_TYPE, type LiveRequest } from '../../../protocol/notebook';

/**
 * Writes into a cell what its reader tried out, and runs it. The text is edited as if it were typed, so that it can
 * be undone.
 *
 * @throws Error with one sentence
 */
export async function updateCellOf(cell: vscode.NotebookCell, request: LiveRequest): Promise<void> {
  const { document, notebook } = cell;
  if (notebook.notebookType !== NOTEBOOK_TYPE || document.languageId !== CELL_LANGUAGE) {
    throw new Error(vscode.l10n.t('Only the cells of a CLIP notebook can be updated.'));
  }
  const old = document.getText();
  const { updateCell } = await import('../language/editCell');
  const text = updateCell(old, request);
  if (text !== old) {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(0), document.positionAt(old.length)), text);
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error(vscode.l10n.t('The cell cannot be edited.'));
  }
  const range = { start: cell.index, end: cell.index + 1 };
  await vscode.commands.executeCommand('notebook.cell.execute', { ranges: [range], document: notebook.uri });
}
