import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { ImageSource } from '../../../protocol/engine';
import { EXPLANATION_MIME, NOTEBOOK_TYPE, type ExplanationOutput } from '../../../protocol/notebook';
import type { EngineHost } from '../../engineHost';
import { baseName } from '../../images/imageName';
import { readExplanationOutput } from '../outputs';
import { figureOf } from './figureOf';
import { failureText } from '../../errors';
import { isText, jupyterText, toJupyter, type PlainCell, type PlainOutput } from './nbformat';
import { folderOf } from '../notebookFolder';
import { notebookImage } from '../notebookImage';

/** Cells are data, not a program: GitHub then colours them, and no kernel is asked for. */
const LANGUAGE = { name: 'yaml', file_extension: '.yaml', mimetype: 'application/yaml' };

/** "Export as Jupyter Notebook…": the CLIP notebook in front, in a file that GitHub and Jupyter show. */
export function registerExport(engine: EngineHost, log: Pick<vscode.LogOutputChannel, 'error'>): vscode.Disposable {
  const { t } = vscode.l10n;
  return vscode.commands.registerCommand('clipSurgery.exportJupyter', async () => {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    if (notebook?.notebookType !== NOTEBOOK_TYPE) {
      void vscode.window.showInformationMessage(t('Open a CLIP notebook first.'));
      return;
    }
    try {
      const target = await askWhere(notebook);
      if (!target) return;
      const title = t('Exporting “{0}”', baseName(notebook.uri));
      const text = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
        exportedNotebook(notebook, engine, target),
      );
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
      void offerToOpen(target);
    } catch (error) {
      const message = t('The notebook could not be exported: {0}', failureText(error));
      log.error(message);
      void vscode.window.showErrorMessage(message);
    }
  });
}

/** The text of the `.ipynb`; its records name pictures relative to `target`, the file that it is written to. */
export async function exportedNotebook(
  notebook: vscode.NotebookDocument,
  engine: EngineHost,
  target: vscode.Uri,
): Promise<string> {
  const cells: PlainCell[] = [];
  for (const cell of notebook.getCells()) {
    const isMarkup = cell.kind === vscode.NotebookCellKind.Markup;
    const outputs: PlainOutput[] = [];
    for (const output of cell.outputs) outputs.push(await plainOutput(output, { notebook, engine, target }));
    const source = cell.document.getText().replaceAll('\r\n', '\n');
    const { executionOrder: executionCount } = cell.executionSummary ?? {};
    cells.push(
      isMarkup
        ? { kind: 'markdown', source }
        : // Where VS Code keeps the language of a cell that is not the notebook's own.
          {
            kind: 'code',
            source,
            executionCount,
            outputs,
            metadata: { vscode: { languageId: cell.document.languageId } },
          },
    );
  }
  return jupyterText(toJupyter(cells, LANGUAGE));
}

interface Export {
  readonly notebook: vscode.NotebookDocument;
  readonly engine: EngineHost;
  readonly target: vscode.Uri;
}

async function plainOutput(output: vscode.NotebookCellOutput, made: Export): Promise<PlainOutput> {
  const record = readExplanationOutput(output);
  const items = output.items.filter(({ mime }) => !record || mime !== EXPLANATION_MIME);
  const others = Object.fromEntries(items.map(plainItem).filter((item) => item !== undefined)) as PlainOutput;
  if (!record) return others;
  const own = { [EXPLANATION_MIME]: moved(record, made) };
  const image = await pictureOf(record, made.notebook);
  if (!image) return { ...own, ...others };
  const figure = Buffer.from(await figureOf(made.engine, record, image)).toString('base64');
  return { ...own, 'image/png': figure, ...others };
}

/** The record with its picture named from the folder of the target. */
function moved(record: ExplanationOutput, { notebook, target }: Export): ExplanationOutput {
  const [from, to] = [folderOf(notebook.uri), folderOf(target)];
  if (!from || !to || from.scheme !== to.scheme || from.authority !== to.authority) return record;
  const explanations = record.explanations.map((explanation) => {
    const { path } = vscode.Uri.joinPath(from, explanation.image.path);
    return { ...explanation, image: { ...explanation.image, path: posix.relative(to.path, path) } };
  });
  return { ...record, explanations };
}

/** An item as Jupyter writes it. Types of the editor itself become text, which every viewer knows. */
function plainItem({ mime, data }: vscode.NotebookCellOutputItem): readonly [string, string | object] | undefined {
  const text = () => new TextDecoder().decode(data);
  if (/^application\/vnd\.code\.notebook\./.test(mime)) return ['text/plain', errorText(text())];
  if (!/json$/.test(mime)) return [mime, isText(mime) ? text() : Buffer.from(data).toString('base64')];
  try {
    const value: unknown = JSON.parse(text());
    return typeof value === 'object' && value !== null ? [mime, value] : undefined;
  } catch {
    return undefined; // an output that nobody can read is left out
  }
}

/** An error of the editor, or what it was printed as. */
function errorText(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message : text;
  } catch {
    return text;
  }
}

/** The file of the picture while it is the one that was explained; otherwise what is stored of it. */
async function pictureOf(
  { explanations, thumbnail }: ExplanationOutput,
  notebook: vscode.NotebookDocument,
): Promise<ImageSource | undefined> {
  const { path, sha256 } = explanations[0]!.image;
  try {
    const { uri } = await notebookImage(notebook, path);
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (createHash('sha256').update(bytes).digest('hex') === sha256) return { bytes };
  } catch {
    // Gone, or somewhere that a notebook may not name.
  }
  return thumbnail === undefined ? undefined : { bytes: Buffer.from(thumbnail, 'base64') };
}

async function askWhere(notebook: vscode.NotebookDocument): Promise<vscode.Uri | undefined> {
  const folder = folderOf(notebook.uri);
  const name = `${baseName(notebook.uri).replace(/\.clipnb$/i, '')}.ipynb`;
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export as Jupyter Notebook'),
    defaultUri: folder && vscode.Uri.joinPath(folder, name),
    filters: { [vscode.l10n.t('Jupyter Notebook')]: ['ipynb'] },
  });
}

async function offerToOpen(target: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  const said = vscode.l10n.t('Exported as “{0}”.', baseName(target));
  if ((await vscode.window.showInformationMessage(said, open)) !== open) return;
  await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(target));
}
