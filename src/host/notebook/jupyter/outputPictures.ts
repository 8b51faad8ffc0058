import type * as vscode from 'vscode';
import { EXPLANATION_MIME } from '../../../protocol/notebook';

/** What the engine reads, by the types that notebooks name, and what such files are called. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
  'image/avif': 'avif',
  'image/tiff': 'tif',
  'image/svg+xml': 'svg',
};

/** A picture in the outputs of a cell. */
export interface OutputPicture {
  readonly output: vscode.NotebookCellOutput;
  readonly bytes: Uint8Array;
  readonly extension: string;
}

/** How a picture of a type is called at the end of its name; undefined for what is no picture. */
export function pictureExtension(mime: string): string | undefined {
  return Object.hasOwn(EXTENSIONS, mime) ? EXTENSIONS[mime] : undefined;
}

/** The picture in an output, the first where it comes in several types. Our own figures are none. */
export function pictureOf(output: vscode.NotebookCellOutput): OutputPicture | undefined {
  if (output.items.some(({ mime }) => mime === EXPLANATION_MIME)) return undefined;
  const item = output.items.find(({ mime }) => pictureExtension(mime));
  return item && { output, bytes: item.data, extension: pictureExtension(item.mime)! };
}

export function picturesOf(cell: vscode.NotebookCell): readonly OutputPicture[] {
  return cell.outputs.flatMap((output) => pictureOf(output) ?? []);
}

/** The editor's own name of an output, which the typings leave out. Menus and renderers name outputs by it. */
export function outputId(output: vscode.NotebookCellOutput): string | undefined {
  const { id } = output as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
}

/** An output and the cell that it is in. */
export interface PlacedOutput {
  readonly cell: vscode.NotebookCell;
  readonly output: vscode.NotebookCellOutput;
}

/** The first output that is meant, of these notebooks. */
export function findOutput(
  notebooks: readonly vscode.NotebookDocument[],
  isMeant: (output: vscode.NotebookCellOutput) => boolean,
): PlacedOutput | undefined {
  for (const cell of notebooks.flatMap((notebook) => notebook.getCells())) {
    const output = cell.outputs.find(isMeant);
    if (output) return { cell, output };
  }
  return undefined;
}
