import * as vscode from 'vscode';
import { notebookOf, rangeOf } from './cellDocuments';
import { isGlob } from './glob';
import { fileAt } from './imagePaths';
import { readCell } from './readCell';

/** Of a long list only the first become links. */
const MOST_LINKS = 100;

/** Paths of pictures lead to the pictures. */
export class CellLinks implements vscode.DocumentLinkProvider {
  async provideDocumentLinks(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentLink[]> {
    const notebook = notebookOf(document)?.uri;
    if (!notebook) return [];
    const { images } = readCell(document.getText(), { models: [] });
    const paths = images.filter(({ text }) => !isGlob(text)).slice(0, MOST_LINKS);
    const files = await Promise.all(paths.map(({ text }) => fileAt(text, notebook)));
    if (token.isCancellationRequested) return [];
    return paths.flatMap((path, i) => {
      const file = files[i];
      return file?.kind === 'file' ? [new vscode.DocumentLink(rangeOf(document, path), file.uri)] : [];
    });
  }
}
