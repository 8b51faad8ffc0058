import * as vscode from 'vscode';
import { isGone } from './isGone';
import type { PlacedOutput } from './outputPictures';

/** Edits follow each other: each gives all outputs of its cell new names. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Replaces one output of a cell by others: a single step that can be undone and that needs no kernel.
 * Outputs cannot be changed alone, so the cell is replaced by one that differs in nothing else.
 * @param find the output, looked for when it is this edit's turn
 * @param by what comes in the place of the output
 * @throws Error when the output is not there any more, or the editor refuses the edit
 */
export function replaceOutput(
  find: () => PlacedOutput | undefined,
  by: (output: vscode.NotebookCellOutput) => readonly vscode.NotebookCellOutput[],
): Promise<void> {
  const edit = last.then(() => {
    const place = find();
    if (!place) throw new Error(isGone());
    return replace(place, by(place.output));
  });
  last = edit.catch(() => undefined);
  return edit;
}

async function replace({ cell, output }: PlacedOutput, by: readonly vscode.NotebookCellOutput[]): Promise<void> {
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
