import * as vscode from 'vscode';
import { CELL_LANGUAGE } from '../../../protocol/notebook';
import { rangeOf } from './cellDocuments';
import { expected, isCellKey } from './cellKeys';
import { keyHelp } from './help';
import { readCell } from './readCell';

/** Says what the key under the pointer is for. */
export class CellHover implements vscode.HoverProvider {
  constructor(private readonly models: readonly string[]) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const offset = document.offsetAt(position);
    const { keys } = readCell(document.getText(), { models: this.models });
    const key = keys.find(({ start, end }) => start <= offset && offset <= end);
    if (!key || !isCellKey(key.text)) return undefined;
    const { text, example } = keyHelp(key.text);
    const contents = new vscode.MarkdownString()
      .appendText(text)
      .appendMarkdown('\n\n')
      .appendText(expected(key.text, this.models))
      .appendCodeblock(example, CELL_LANGUAGE);
    return new vscode.Hover(contents, rangeOf(document, key));
  }
}
