import type * as vscode from 'vscode';
import type { ExplanationOutput } from '../../../protocol/notebook';
import { readExplanationOutput } from '../outputs';

export interface StoredOutput {
  readonly cell: vscode.NotebookCell;
  readonly output: ExplanationOutput;
}

/** The output that a page means. */
export function findOutput(notebook: vscode.NotebookDocument, id: string): StoredOutput | undefined {
  for (const cell of notebook.getCells()) {
    for (const stored of cell.outputs) {
      const output = readExplanationOutput(stored);
      if (output?.id === id) return { cell, output };
    }
  }
  return undefined;
}
