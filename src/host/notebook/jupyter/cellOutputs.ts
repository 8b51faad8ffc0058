import * as vscode from 'vscode';

/**
 * Replaces one output of a cell by others: a single step that can be undone and that needs no kernel.
 * Outputs cannot be changed alone, so the cell is replaced by one that differs in nothing else.
 * @throws Error when the editor refuses the edit
 */
export async function replaceOutput(
  cell: vscode.NotebookCell,
  output: vscode.NotebookCellOutput,
  by: readonly vscode.NotebookCellOutput[],
): Promise<void> {
  const data = new vscode.NotebookCellData(cell.kind, cell.document.getText(), cell.document.languageId);
  data.metadata = cell.metadata;
  data.executionSummary = cell.executionSummary;
  data.outputs = cell.outputs.flatMap((old) => (old === output ? by : [fresh(old)]));
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.NotebookRange(cell.index, cell.index + 1);
  edit.set(cell.notebook.uri, [vscode.NotebookEdit.replaceCells(range, [data])]);
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t('The notebook could not be changed; perhaps it is read-only.'));
  }
}

/** An output with the same content: one that is used again by itself loses its pictures on the screen. */
export function fresh(output: vscode.NotebookCellOutput): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput(output.items, output.metadata);
}
