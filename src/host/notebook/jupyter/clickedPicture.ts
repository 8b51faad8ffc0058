import * as vscode from 'vscode';
import type { EngineHost } from '../../engineHost';
import { isGone } from './isGone';
import { findOutput, outputId, pictureOf, picturesOf, type OutputPicture, type PlacedOutput } from './outputPictures';

/** Pixels of a picture in the list, twice for high-density screens. */
const ICON = 44;

/**
 * The picture that a command is about. The menu of a picture passes the editor's own name of the output, the
 * status bar of a cell the cell, a key or another extension nothing: then it is the selected cell.
 *
 * @returns undefined when the user chose none
 * @throws Error with one sentence when there is no picture
 */
export async function clickedPicture(
  clicked: unknown,
  engine: EngineHost,
): Promise<(OutputPicture & PlacedOutput) | undefined> {
  const editor = vscode.window.activeNotebookEditor;
  const id = outputIdIn(clicked);
  if (id !== undefined) {
    // The active notebook first: it is where the menu was opened.
    const notebooks = [...(editor ? [editor.notebook] : []), ...vscode.workspace.notebookDocuments];
    const place = findOutput(notebooks, (output) => outputId(output) === id);
    const picture = place && pictureOf(place.output);
    if (!picture) throw new Error(isGone());
    return { ...place, ...picture };
  }
  const cell = asCell(clicked) ?? (editor && editor.notebook.cellCount > 0 && editor.notebook.cellAt(editor.selection.start)); // prettier-ignore
  const pictures = cell ? picturesOf(cell) : [];
  if (!cell || pictures.length === 0) throw new Error(vscode.l10n.t('This cell has no picture in its outputs.'));
  const chosen = pictures.length === 1 ? pictures[0] : await choose(pictures, engine);
  return chosen && { cell, ...chosen };
}

async function choose(pictures: readonly OutputPicture[], engine: EngineHost): Promise<OutputPicture | undefined> {
  const { t } = vscode.l10n;
  const items = pictures.map(async (picture, i) => {
    const size = t('{0} kB {1}', Math.ceil(picture.bytes.length / 1000), picture.extension.toUpperCase());
    return { label: t('Picture {0}', i + 1), ...(await look(picture, engine, size)), picture };
  });
  const placeHolder = t('Which picture of this cell is to be explained?');
  return (await vscode.window.showQuickPick(Promise.all(items), { placeHolder }))?.picture;
}

/** How a picture looks, and its size; one that cannot be read is listed too, and explaining it says why. */
async function look({ bytes }: OutputPicture, engine: EngineHost, size: string) {
  try {
    const small = await engine.client.call('thumbnail', { image: { bytes }, side: ICON });
    const data = Buffer.from(small.bytes).toString('base64');
    const iconPath = vscode.Uri.parse(`data:${small.mime};base64,${data}`);
    return { iconPath, description: vscode.l10n.t('{0} × {1} px, {2}', small.width, small.height, size) };
  } catch {
    return { iconPath: new vscode.ThemeIcon('file-media'), description: size };
  }
}

function outputIdIn(clicked: unknown): string | undefined {
  const { outputId } = (clicked ?? {}) as { outputId?: unknown };
  return typeof outputId === 'string' ? outputId : undefined;
}

/** A cell of an open notebook, and nothing that only looks like one. */
function asCell(value: unknown): vscode.NotebookCell | undefined {
  const { notebook, index } = (value ?? {}) as Partial<vscode.NotebookCell>;
  const document = vscode.workspace.notebookDocuments.find((open) => open === notebook);
  return document && typeof index === 'number' && index >= 0 && index < document.cellCount
    ? document.cellAt(index)
    : undefined;
}
