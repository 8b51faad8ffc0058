import * as vscode from 'vscode';
import { CELL_LANGUAGE } from '../../../protocol/notebook';
import { rangeOf } from './cellDocuments';
import { expected, isCellKey } from './cellKeys';
import { keyHelp } from './help';
import type { KnownModels } from './completion';
import { readCell } from './readCell';

/** Says what the key under the pointer is for. */
export class CellHover implements vscode.HoverProvider {
  constructor(private readonly models: KnownModels) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const models = await this.models.ids();
    const offset = document.offsetAt(position);
    const { keys } = readCell(document.getText(), { models });
    const key = keys.find(({ start, end }) => start <= offset && offset <= end);
    if (!key || !isCellKey(key.text)) return undefined;
    const { text, example } = keyHelp(key.text);
    const contents = new vscode.MarkdownString()
      .appendText(text)
      .appendMarkdown('\n\n')
      .appendText(expected(key.text, models))
      .appendCodeblock(example, CELL_LANGUAGE);
    return new vscode.Hover(contents, rangeOf(document, key));
  }
}
