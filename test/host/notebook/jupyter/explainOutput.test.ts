import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { EngineHost } from '../../../../src/host/engineHost';
import type { KeptPictures, PastedPicture } from '../../../../src/host/images/keptPictures';
import { clickedPicture } from '../../../../src/host/notebook/jupyter/clickedPicture';
import { explainBelow, showInPanel, type OutputServices } from '../../../../src/host/notebook/jupyter/explainOutput';
import { outputId } from '../../../../src/host/notebook/jupyter/outputPictures';
import { OutputStatusBar } from '../../../../src/host/notebook/jupyter/outputStatusBar';
import { RunningCells } from '../../../../src/host/notebook/jupyter/runningCells';
import { readExplanationOutput } from '../../../../src/host/notebook/outputs';
import { EXPLANATION_MIME, NOTEBOOK_TYPE } from '../../../../src/protocol/notebook';
import { warningsOf } from '../../fixtures';
import { startServices } from '../notebooks';
import { ExampleNotebook } from './support';

const PICTURE_CELL = 1;
const BOTH_CELL = 3;

describe('pictures in outputs of other notebooks', () => {
  let engine: EngineHost;
  let example: ExampleNotebook;
  let services: OutputServices;
  const kept: PastedPicture[] = [];
  const shown: vscode.Uri[] = [];

  beforeEach(async () => {
    [kept.length, shown.length] = [0, 0];
    const { vocabularies, ...started } = startServices();
    ({ engine } = started);
    example = await new ExampleNotebook().open();
    const keep = (pictures: readonly PastedPicture[]) => {
      kept.push(...pictures);
      return Promise.resolve(pictures.map(({ name }) => vscode.Uri.file(`/kept/${name}`)));
    };
    services = {
      engine,
      vocabularies,
      kept: { keep } as unknown as KeptPictures,
      panels: { show: (images) => void shown.push(...images) },
      running: new RunningCells(),
      log: { error: () => undefined },
    };
  });
  afterEach(async () => {
    services.running.dispose();
    engine.dispose();
    await example.close();
  });

  const pictureIn = async (cell: number) =>
    (await clickedPicture({ outputId: outputId(example.document.cellAt(cell).outputs[0]!) }, engine))!;

  it('open in the panel, by the menu of the picture', async () => {
    await showInPanel(await pictureIn(PICTURE_CELL), services);
    assert.deepEqual(kept.map(({ name }) => name), ['harbour.ipynb cell 2.png']); // prettier-ignore
    assert.deepEqual([...kept[0]!.bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    assert.equal(shown.length, 1);
  });

  it('are found by the cell, and by the selection', async () => {
    const cell = example.document.cellAt(BOTH_CELL);
    const found = await clickedPicture(cell, engine);
    assert.equal(found?.output, cell.outputs[0], 'our own figure is no picture to explain');
    example.editor.selection = new vscode.NotebookRange(PICTURE_CELL, PICTURE_CELL + 1);
    assert.equal((await clickedPicture(undefined, engine))?.cell.index, PICTURE_CELL);
    example.editor.selection = new vscode.NotebookRange(0, 1);
    await assert.rejects(clickedPicture(undefined, engine), /no picture/);
    await assert.rejects(clickedPicture({ outputId: 'gone' }, engine), /not there any more/);
  });

  it('are listed with their look where a cell has several', async () => {
    const pictures = ['kitchen-table.png', 'farm.png'];
    const outputs = pictures.map((name) => {
      const bytes = readFileSync(path.join(example.folder.path, name));
      return new vscode.NotebookCellOutput([new vscode.NotebookCellOutputItem(bytes, 'image/png')]);
    });
    const data = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'plot()', 'python');
    data.outputs = outputs;
    const edit = new vscode.WorkspaceEdit();
    edit.set(example.document.uri, [vscode.NotebookEdit.insertCells(0, [data])]);
    await vscode.workspace.applyEdit(edit);
    const cell = example.document.cellAt(0);

    const [labels, chosen] = await choosing(1, () => clickedPicture(cell, engine));
    assert.deepEqual(chosen?.output, cell.outputs[1]);
    assert.deepEqual(
      labels.map(({ label, description }) => [label, /^\d+ × \d+ px, \d+ kB PNG$/.test(description!)]),
      [['Picture 1', true], ['Picture 2', true]], // prettier-ignore
    );
    assert.ok(labels.every(({ iconPath }) => (iconPath as vscode.Uri).scheme === 'data'));
    assert.equal((await choosing(undefined, () => clickedPicture(cell, engine)))[1], undefined);
  });

  it('are explained right below, and Ctrl+Z takes it back', async () => {
    const before = example.outputs(BOTH_CELL);
    const { metadata, executionSummary } = example.document.cellAt(BOTH_CELL);
    await explainBelow(await pictureIn(BOTH_CELL), services);

    const cell = example.document.cellAt(BOTH_CELL);
    const after = example.outputs(BOTH_CELL);
    assert.deepEqual([after[0], after[2]], before);
    assert.deepEqual(cell.metadata, metadata);
    assert.equal(cell.executionSummary?.executionOrder, executionSummary?.executionOrder);
    assert.deepEqual(example.mimes(BOTH_CELL)[1]?.toSorted(), [EXPLANATION_MIME, 'image/png', 'text/plain'].toSorted());
    const { explanations, thumbnail } = readExplanationOutput(cell.outputs[1]!)!;
    assert.equal(explanations.length, 1);
    assert.match(explanations[0]!.image.path, /^output-[\da-f]{8}\.png$/);
    assert.ok(thumbnail && thumbnail.length > 100);

    await example.undo();
    assert.deepEqual(example.outputs(BOTH_CELL), before);
  });

  it('are explained each, when asked for two at once', async () => {
    const [first, second] = [await pictureIn(PICTURE_CELL), await pictureIn(PICTURE_CELL)];
    await Promise.all([explainBelow(first, services), explainBelow(second, services)]);
    assert.equal(example.mimes(PICTURE_CELL).length, 3);
  });

  it('are saved with the answer in the file', async () => {
    await explainBelow(await pictureIn(PICTURE_CELL), services);
    assert.ok(await example.document.save());
    const file = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(example.document.uri))) as {
      cells: { outputs: { data: Record<string, unknown> }[] }[];
    };
    const [picture, answer] = file.cells[PICTURE_CELL]!.outputs;
    assert.ok('image/png' in picture!.data);
    assert.equal((answer!.data[EXPLANATION_MIME] as { version: number }).version, 1);
  });

  it('are left alone while their cell runs', async () => {
    const controller = vscode.notebooks.createNotebookController('test-running', 'jupyter-notebook', 'Test');
    let end: (() => void) | undefined;
    const started = new Promise<void>((resolve) => {
      controller.executeHandler = ([cell]) => {
        const execution = controller.createNotebookCellExecution(cell!);
        execution.start(Date.now());
        end = () => execution.end(true, Date.now());
        setTimeout(resolve, 200); // the editor tells of the start a little later
      };
    });
    try {
      const selected = new Promise<void>((resolve) => controller.onDidChangeSelectedNotebooks(() => resolve()));
      const extension = 'clip-surgery.clip-surgery';
      await vscode.commands.executeCommand('notebook.selectKernel', { id: 'test-running', extension });
      await selected;
      const picture = await pictureIn(PICTURE_CELL);
      const ranges = [{ start: PICTURE_CELL, end: PICTURE_CELL + 1 }];
      void vscode.commands.executeCommand('notebook.cell.execute', { ranges, document: example.document.uri });
      await started;
      const warnings = await warningsOf(() => explainBelow(picture, services));
      assert.match(warnings[0] ?? 'no warning', /is running/);
      assert.equal(example.mimes(PICTURE_CELL).length, 1);

      end?.();
      while (!picture.cell.executionSummary?.success) await new Promise((wait) => setTimeout(wait, 50));
      await explainBelow(await pictureIn(PICTURE_CELL), services);
      assert.equal(example.mimes(PICTURE_CELL).length, 2);
    } finally {
      controller.dispose();
    }
  });

  it('are offered in the status bar of their cell only', () => {
    const bar = new OutputStatusBar();
    const itemOf = (index: number) => bar.provideCellStatusBarItems(example.document.cellAt(index));
    assert.match(itemOf(PICTURE_CELL)!.text, /^\$\(eye\) /);
    assert.equal(itemOf(0), undefined);
    assert.equal(itemOf(5), undefined);
    const own = { outputs: example.document.cellAt(PICTURE_CELL).outputs, notebook: { notebookType: NOTEBOOK_TYPE } };
    assert.equal(bar.provideCellStatusBarItems(own as unknown as vscode.NotebookCell), undefined);
  });

  it('are drawn by whoever drew them before: we declare no image type', () => {
    const { contributes } = vscode.extensions.getExtension('clip-surgery.clip-surgery')!.packageJSON as {
      contributes: { notebookRenderer: { mimeTypes: string[] }[] };
    };
    const mimes = contributes.notebookRenderer.flatMap(({ mimeTypes }) => mimeTypes);
    assert.ok(mimes.includes(EXPLANATION_MIME));
    assert.deepEqual(mimes.filter((mime) => !mime.startsWith('application/vnd.clip-surgery.')), []); // prettier-ignore
  });
});

/** Chooses from the list that opens while something runs, or closes it; answers the list, too. */
async function choosing<T>(index: number | undefined, run: () => Promise<T>): Promise<[vscode.QuickPickItem[], T]> {
  const original = vscode.window.showQuickPick;
  let shown: vscode.QuickPickItem[] = [];
  const choose = async (items: Promise<vscode.QuickPickItem[]>) => {
    shown = await items;
    return index === undefined ? undefined : shown[index];
  };
  Object.assign(vscode.window, { showQuickPick: choose });
  try {
    const answer = await run();
    return [shown, answer];
  } finally {
    Object.assign(vscode.window, { showQuickPick: original });
  }
}
