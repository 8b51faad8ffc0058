import * as vscode from 'vscode';
import { CELL_LANGUAGE } from '../../../protocol/notebook';
import type { ParsedCell } from '../language/cell';

/**
 * The pictures that a bare list of words is about: those of the nearest cell above that names some. What
 * counts is where the cells stand, not which of them ran.
 *
 * @param parse reads a cell's text
 */
export function imagesAbove(
  cell: vscode.NotebookCell,
  parse: (text: string) => ParsedCell,
): readonly string[] | undefined {
  const above = cell.notebook.getCells().slice(0, cell.index).reverse();
  for (const { kind, document } of above) {
    if (kind !== vscode.NotebookCellKind.Code || document.languageId !== CELL_LANGUAGE) continue;
    const { request } = parse(document.getText());
    if (request?.images) return request.images;
  }
  return undefined;
}
