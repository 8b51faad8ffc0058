import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { CellProgress } from '../../../../src/host/notebook/run/cellProgress';
import { runCell } from '../../../../src/host/notebook/run/execution';
import { decodeMap, type Explanation } from '../../../../src/protocol/explanation';
import { ScratchFolder, workspaceFile } from '../../fixtures';
import {
  activate,
  close,
  explanationsOf,
  failureOf,
  openUntitled,
  run,
  start,
  startServices,
  until,
} from '../notebooks';

interface SceneObject {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}
type Scenes = Record<string, { readonly objects: readonly SceneObject[] }>;

const SCENE = 'park.png';
/** Work for some seconds: many pictures, each of them twice. */
const LONG =
  'images: [pond.png, living-room.png, kitchen-table.png, sailboat.png, night.png]\nmethod: [clip-surgery, raw]\nsize: 512';

describe('running the cells of a CLIP notebook', () => {
  const folder = new ScratchFolder();

  before(activate);
  afterEach(close);
  after(() => folder.remove());

  it('explains the picture: its maps are highest on what is drawn there', async () => {
    const scenes = JSON.parse(readFileSync(workspaceFile('scenes.json').fsPath, 'utf8')) as Scenes;
    const { objects } = scenes[SCENE]!;
    const words = objects.map(({ name }) => name).join(', ');
    const notebook = await openUntitled(
      `image: ${SCENE}\nprompts: [${words}]\nmethod: [clip-surgery, raw]\nthreshold: 0.25`,
    );
    await run(notebook);
    const cell = notebook.cellAt(0);
    assert.equal(cell.outputs.length, 1);
    const [output] = explanationsOf(cell);
    assert.deepEqual(
      output!.explanations.map(({ method }) => method.name),
      ['clip-surgery', 'raw'],
    );
    for (const { name, x, y, radius } of objects) {
      const peak = peakOf(output!.explanations[0]!, name);
      assert.ok(Math.hypot(peak.x - x, peak.y - y) < 1.15 * radius, `${name}: ${JSON.stringify(peak)}`);
    }
    assert.equal(output!.threshold, 0.25);
    assert.equal(output!.explanations[0]!.image.path, SCENE);
    assert.ok(Buffer.from(output!.thumbnail!, 'base64').toString('latin1').startsWith('RIFF'));
    const { executionSummary } = cell;
    assert.deepEqual([executionSummary?.success, executionSummary?.executionOrder], [true, 1]);
    assert.ok(executionSummary!.timing!.endTime >= executionSummary!.timing!.startTime);
  });

  it('says the scores in plain text, too', async () => {
    const notebook = await openUntitled(`image: ${SCENE}\nprompts: [red circle, star]`);
    await run(notebook);
    const item = notebook.cellAt(0).outputs[0]!.items.find(({ mime }) => mime === 'text/plain')!;
    const lines = new TextDecoder().decode(item.data).split('\n');
    assert.deepEqual(lines.slice(0, 2), [SCENE, 'clip-surgery:']);
    assert.match(lines[2]!, /^ {2}red circle {2}0\.\d{3} {2}\(cosine -?0\.\d{3}\)$/);
    assert.match(lines[3]!, /^ {2}star {8}0\.\d{3} /);
  });

  it('takes the words of the model where the cell has none', async () => {
    const notebook = await openUntitled(`image: ${SCENE}`);
    await run(notebook);
    const [output] = explanationsOf(notebook.cellAt(0));
    assert.ok(output!.explanations[0]!.prompts.length > 5);
    assert.equal(output!.vocabulary, 'demo');
  });

  it('explains the picture of the nearest cell above to a bare list of words, whatever ran before', async () => {
    const notebook = await openUntitled(
      'image: pond.png',
      new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, 'image: living-room.png', 'markdown'),
      '[star, heart]',
      'image: living-room.png',
      '[star, heart]',
    );
    await run(notebook, 4);
    await run(notebook, 2, 3);
    const paths = [2, 4].map((i) => explanationsOf(notebook.cellAt(i))[0]!.explanations[0]!.image.path);
    assert.deepEqual(paths, ['pond.png', 'living-room.png']);
    assert.equal(notebook.cellAt(0).outputs.length, 0);
    assert.deepEqual(
      [4, 2].map((i) => notebook.cellAt(i).executionSummary?.executionOrder),
      [1, 2],
    );
  });

  it('says that no picture is above', async () => {
    const notebook = await openUntitled('[star, heart]', 'image: living-room.png');
    await run(notebook, 0, 1);
    assert.match(failureOf(notebook.cellAt(0).outputs[0]!)!.message, /^No cell above names an image/);
    assert.equal(notebook.cellAt(0).executionSummary?.success, false);
  });

  it('goes on after a picture that fails', async () => {
    folder.file('damaged.png', 'no picture');
    folder.picture('a.png');
    folder.picture('sub/b.png');
    const file = folder.file('three.clipnb', clipnb('images: [a.png, damaged.png, missing.png, sub/b.png]'));
    const notebook = await vscode.workspace.openNotebookDocument(file);
    await vscode.window.showNotebookDocument(notebook);
    await run(notebook);
    const cell = notebook.cellAt(0);
    assert.equal(cell.outputs.length, 4);
    assert.match(failureOf(cell.outputs[2]!)!.message, /missing\.png/);
    const failure = failureOf(cell.outputs[1]!)!;
    assert.equal(failure.name, 'damaged.png');
    assert.match(failure.message, /not an image that can be read/);
    assert.deepEqual(
      explanationsOf(cell).map(({ explanations }) => explanations[0]!.image.path),
      ['a.png', 'sub/b.png'],
    );
    assert.notEqual(...(explanationsOf(cell).map(({ id }) => id) as [string, string]));
    assert.equal(cell.executionSummary?.success, false);
  });

  it('names the first mistake of a cell and its line', async () => {
    const notebook = await openUntitled(`image: ${SCENE}\nsise: 512`, '');
    await run(notebook);
    const outputs = notebook.getCells().map(({ outputs }) => outputs.map(failureOf));
    assert.match(outputs[0]![0]!.message, /^Line 2: /);
    assert.deepEqual([outputs[0]!.length, outputs[1]], [1, []]);
    assert.deepEqual(
      notebook.getCells().map(({ executionSummary }) => executionSummary?.success),
      [false, true],
    );
  });

  it('stops at an interrupt, and so does what waits', async () => {
    const notebook = await openUntitled(LONG, `image: ${SCENE}`);
    const [long, next] = notebook.getCells() as [vscode.NotebookCell, vscode.NotebookCell];
    await start(notebook);
    await until('a picture is explained', () => explanationsOf(long).length > 0);
    await vscode.commands.executeCommand('notebook.cancelExecution', {
      ranges: [{ start: 0, end: 2 }],
      document: notebook.uri,
    });
    await until('the cell stopped', () => long.executionSummary?.timing?.endTime !== undefined);
    assert.equal(long.executionSummary?.success, false);
    const done = explanationsOf(long).length;
    assert.ok(done < 5, `${done} pictures`);
    assert.deepEqual(failureOf(long.outputs.at(-1)!), {
      name: 'Interrupted',
      message: `${done} of 5 pictures were explained.`,
    });
    assert.equal(next.outputs.length, 0);
    assert.equal(next.executionSummary?.executionOrder, undefined);
    await run(notebook, 1);
    assert.equal(explanationsOf(next).length, 1, 'the engine works again');
  });

  it('goes on with the next cell when only the one that runs is stopped', async () => {
    const notebook = await openUntitled(LONG, `image: ${SCENE}`);
    await start(notebook);
    await until('a picture is explained', () => explanationsOf(notebook.cellAt(0)).length > 0);
    const ranges = [{ start: 0, end: 1 }];
    await vscode.commands.executeCommand('notebook.cell.cancelExecution', { ranges, document: notebook.uri });
    await until('the next cell ran', () => notebook.cellAt(1).executionSummary?.timing?.endTime !== undefined);
    assert.equal(notebook.cellAt(0).executionSummary?.success, false);
    assert.equal(explanationsOf(notebook.cellAt(1)).length, 1);
  });

  it('goes on in the cells that stay when a cell that runs and one that waits are deleted', async () => {
    const notebook = await openUntitled(LONG, `image: ${SCENE}`, 'image: living-room.png');
    const [long, waiting, last] = notebook.getCells();
    await start(notebook);
    await until('a picture is explained', () => explanationsOf(long!).length > 0);
    await edit(notebook, vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 2)));
    await until('the last cell ran', () => last!.executionSummary?.timing?.endTime !== undefined);
    assert.deepEqual(notebook.getCells(), [last]);
    assert.equal(explanationsOf(last!)[0]!.explanations[0]!.image.path, 'living-room.png');
    assert.equal(waiting!.executionSummary?.executionOrder, undefined);
  });

  it('lets go of a cell that is moved while it runs, and runs it again at its new place', async () => {
    const notebook = await openUntitled(LONG, `image: ${SCENE}`);
    const long = notebook.cellAt(0);
    await start(notebook, 0, 1);
    await until('a picture is explained', () => explanationsOf(long).length > 0);
    const moved = new vscode.NotebookCellData(long.kind, `image: ${SCENE}`, long.document.languageId);
    await edit(
      notebook,
      vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 1)),
      vscode.NotebookEdit.insertCells(1, [moved]),
    );
    await run(notebook, 1, 2);
    assert.equal(explanationsOf(notebook.cellAt(1)).length, 1);
  });

  it('says in the status bar of the cell what goes on, while it runs', async () => {
    const progress = new CellProgress();
    const services = startServices();
    const said: string[] = [];
    progress.onDidChangeCellStatusBarItems(() => {
      for (const cell of notebook.getCells())
        said.push(...progress.provideCellStatusBarItems(cell).map(({ text }) => `${cell.index}: ${text}`));
    });
    const notebook = await openUntitled('', 'images: [pond.png, living-room.png]');
    const cell = notebook.cellAt(1);
    const execution = { appendOutput: () => Promise.resolve(), clearOutput: () => Promise.resolve() };
    const onProgress = (stage: string) => progress.set(cell, stage);
    try {
      assert.equal(
        await runCell({ cell, execution, signal: new AbortController().signal, onProgress }, services),
        true,
      );
      progress.set(cell, undefined);
      assert.deepEqual(progress.provideCellStatusBarItems(cell), []);
      assert.ok(said.every((text) => text.startsWith('1: ')));
      for (const picture of [1, 2])
        assert.ok(
          said.some((text) => text.startsWith(`1: ${picture} of 2: encoding the image`)),
          said.join('\n'),
        );
    } finally {
      progress.dispose();
      services.dispose();
    }
  });
});

async function edit(notebook: vscode.NotebookDocument, ...edits: vscode.NotebookEdit[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, edits);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

function clipnb(...cells: string[]): string {
  const blocks = cells.map((text) => ({ kind: 'code', text: text.split('\n') }));
  return JSON.stringify({ format: 'clip-notebook', version: 1, cells: blocks });
}

/** Where a map is highest, 0..1 from the top left. */
function peakOf({ prompts, grid }: Explanation, name: string): { readonly x: number; readonly y: number } {
  const map = decodeMap(prompts.find(({ text }) => text === name)!.map, grid);
  const at = map.indexOf(Math.max(...map));
  return { x: ((at % grid.cols) + 0.5) / grid.cols, y: (Math.floor(at / grid.cols) + 0.5) / grid.rows };
}
