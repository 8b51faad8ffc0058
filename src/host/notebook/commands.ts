import * as vscode from 'vscode';
import { CELL_LANGUAGE, NOTEBOOK_TYPE } from '../../protocol/notebook';
import { IMAGE_EXTENSIONS } from '../images/imageExtensions';
import { imageTargets } from '../images/imageTarget';
import type { ExplainPanels } from '../panel/explainPanels';
import type { CellRequest } from './language/cell';
import { pathForCell } from './pathForCell';

const AS_USUAL: CellRequest = { methods: ['clip-surgery'], aspect: 'squash' };

/** Three ways to a new notebook. It has no file yet: its paths are relative to the first workspace folder. */
export function registerNotebookCommands(panels: ExplainPanels): vscode.Disposable[] {
  const register = (id: string, run: (clicked: unknown, selection: unknown) => Promise<void>) =>
    vscode.commands.registerCommand(`clipSurgery.${id}`, run);
  return [
    register('newNotebook', async () => {
      const image = await anyImage();
      await openNotebook(welcome(), image ? await codeCell({ ...AS_USUAL, images: [image] }) : emptyCell());
    }),
    register('openAsNotebook', async () => {
      const shown = panels.active?.shown;
      if (!shown) {
        void vscode.window.showInformationMessage(vscode.l10n.t('There is no picture yet: explain an image first.'));
        return;
      }
      const { image, prompts, settings } = shown;
      const { method, side, aspect } = settings;
      const images = pathsOf([image]);
      if (images.length > 0) await openNotebook(await codeCell({ images, prompts, methods: [method], side, aspect }));
    }),
    register('explainInNotebook', async (clicked, selection) => {
      const images = pathsOf((await imageTargets(clicked, selection)) ?? []);
      if (images.length > 0) await openNotebook(await codeCell({ ...AS_USUAL, images }));
    }),
  ];
}

async function openNotebook(...cells: vscode.NotebookCellData[]): Promise<void> {
  const notebook = await vscode.workspace.openNotebookDocument(NOTEBOOK_TYPE, new vscode.NotebookData(cells));
  await vscode.window.showNotebookDocument(notebook);
}

/** Pictures that no path leads to are left out, and the user is told. */
function pathsOf(images: readonly vscode.Uri[]): string[] {
  const paths = images.flatMap((image) => pathForCell(image) ?? []);
  if (paths.length < images.length) {
    void vscode.window.showWarningMessage(vscode.l10n.t('A notebook needs pictures that are files: save them first.'));
  }
  return paths;
}

/** Something to start with. */
async function anyImage(): Promise<string | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) return undefined;
  const pattern = new vscode.RelativePattern(folder, `**/*.{${IMAGE_EXTENSIONS.join(',')}}`);
  const [image] = await vscode.workspace.findFiles(pattern, '**/node_modules/**', 1);
  return image && pathForCell(image);
}

function welcome(): vscode.NotebookCellData {
  const text = vscode.l10n.t(
    'Each cell names an image and some words. Run it to see which pixels CLIP ties to which word.',
  );
  return new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, text, 'markdown');
}

async function codeCell(request: CellRequest): Promise<vscode.NotebookCellData> {
  const { writeCell } = await import('./language/editCell');
  return new vscode.NotebookCellData(vscode.NotebookCellKind.Code, writeCell(request).trimEnd(), CELL_LANGUAGE);
}

function emptyCell(): vscode.NotebookCellData {
  return new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'image: ', CELL_LANGUAGE);
}
