import * as vscode from 'vscode';
import { CELL_LANGUAGE } from '../../../protocol/notebook';

/** Cells in this language, in notebooks of every type. */
export const CELLS: vscode.DocumentFilter = { language: CELL_LANGUAGE, scheme: 'vscode-notebook-cell' };

export function isCell(document: vscode.TextDocument): boolean {
  return vscode.languages.match(CELLS, document) > 0;
}

/** The notebook of a cell's document. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  return vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document === document),
  );
}

export function rangeOf(document: vscode.TextDocument, place: { start: number; end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
}
