import type * as vscode from 'vscode';
import { CELL_LANGUAGE } from '../../../protocol/notebook';

/** The model that a cell of ours names, if it is one of these. */
export async function modelOfCell(
  { document }: vscode.NotebookCell,
  models: readonly string[],
): Promise<string | undefined> {
  if (document.languageId !== CELL_LANGUAGE) return undefined;
  const { parseCell } = await import('../language/parseCell');
  return parseCell(document.getText(), { models }).request?.model;
}
