import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { EngineHost } from '../../../../src/host/engineHost';
import { exportedNotebook } from '../../../../src/host/notebook/jupyter/exportJupyter';
import { jupyterText, toJupyter } from '../../../../src/host/notebook/jupyter/nbformat';
import { CELL_LANGUAGE, EXPLANATION_MIME, type ExplanationOutput } from '../../../../src/protocol/notebook';
import { workspaceFile } from '../../fixtures';
import { startEngineHost } from '../notebooks';
import { ExampleNotebook } from './support';

interface Exported {
  cells: {
    id: string;
    cell_type: string;
    source: string[];
    metadata: Record<string, unknown>;
    execution_count?: number | null;
    outputs?: { output_type: string; metadata: object; data: Record<string, unknown> }[];
  }[];
  metadata: { language_info: { name: string }; kernelspec?: object };
  nbformat: number;
  nbformat_minor: number;
}

/** What nbformat's schema of version 4.5 asks for. */
function checkStructure({ cells, metadata, nbformat, nbformat_minor }: Exported): void {
  assert.deepEqual([nbformat, nbformat_minor], [4, 5]);
  assert.ok(metadata.language_info.name);
  assert.equal(new Set(cells.map(({ id }) => id)).size, cells.length);
  const isText = (value: unknown) => typeof value === 'string' || (Array.isArray(value) && value.every((line) => typeof line === 'string')); // prettier-ignore
  for (const { id, cell_type, source, metadata: own, ...rest } of cells) {
    assert.match(id, /^[\w-]{1,64}$/);
    assert.ok(isText(source) && own);
    if (cell_type === 'markdown') assert.deepEqual(rest, {});
    else {
      assert.equal(cell_type, 'code');
      assert.ok(rest.execution_count === null || Number.isInteger(rest.execution_count));
      for (const { output_type, metadata: about, data } of rest.outputs ?? assert.fail()) {
        assert.equal(output_type, 'display_data');
        assert.deepEqual(about, {});
        for (const [mime, value] of Object.entries(data))
          assert.ok(mime.endsWith('json') ? typeof value === 'object' : isText(value), mime);
      }
    }
  }
}

describe('export as Jupyter notebook', () => {
  let engine: EngineHost;
  let example: ExampleNotebook;
  before(async () => {
    engine = startEngineHost();
    example = await new ExampleNotebook().open();
  });
  after(async () => {
    engine.dispose();
    await example.close();
  });

  it('keeps cells as they are, each of them named', () => {
    const cells = [
      { kind: 'markdown', source: '# Title\n\ntext' },
      {
        kind: 'code',
        source: 'image: a.png\n',
        executionCount: 3,
        outputs: [{ 'text/plain': '0.5\n0.2', 'image/png': 'AAAA' }],
      },
      { kind: 'code', source: '' },
    ] as const;
    const text = jupyterText(toJupyter(cells, { name: 'yaml' }));
    const notebook = JSON.parse(text) as Exported;
    checkStructure(notebook);
    assert.ok(text.endsWith('}\n'));
    assert.deepEqual(notebook.cells[0]!.source, ['# Title\n', '\n', 'text']);
    assert.deepEqual(notebook.cells[1]!.outputs![0]!.data, { 'text/plain': ['0.5\n', '0.2'], 'image/png': 'AAAA' });
    assert.deepEqual(notebook.cells[2]!.source, []);
  });

  it('has the record, the figure and the scores of every output', async () => {
    const notebook = JSON.parse(await exportedNotebook(example.document, engine, example.document.uri)) as Exported;
    checkStructure(notebook);
    assert.equal(notebook.metadata.language_info.name, 'yaml');
    assert.equal(notebook.metadata.kernelspec, undefined);
    const { data } = notebook.cells[3]!.outputs![1]!;
    assert.equal((data[EXPLANATION_MIME] as { version: number }).version, 1);
    assert.equal(Buffer.from(data['image/png'] as string, 'base64').toString('latin1', 1, 4), 'PNG');
    assert.ok((data['text/plain'] as string[]).join('').includes('tractor'));
  });

  it('names pictures from the folder that it is written to', async () => {
    const pathFrom = async (target: string) => {
      const uri = vscode.Uri.file(path.join(example.folder.path, target));
      const { cells } = JSON.parse(await exportedNotebook(example.document, engine, uri)) as Exported;
      return (cells[3]!.outputs![1]!.data[EXPLANATION_MIME] as ExplanationOutput).explanations[0]!.image.path;
    };
    const name = 'farm.png';
    assert.equal(await pathFrom('here.ipynb'), name);
    assert.equal(await pathFrom('sub/folder/there.ipynb'), `../../${name}`);
    assert.equal(await pathFrom('../above.ipynb'), `${path.basename(example.folder.path)}/${name}`);
  });

  it('opens with the same languages and outputs', async () => {
    const code = new vscode.NotebookCellData(
      vscode.NotebookCellKind.Code,
      'image: a.png\nprompts: [a star]',
      CELL_LANGUAGE,
    );
    const data = new vscode.NotebookData([code]);
    const source = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    const file = example.folder.file('exported.ipynb', await exportedNotebook(source, engine, example.document.uri));
    const opened = await vscode.workspace.openNotebookDocument(file);
    assert.equal(opened.cellAt(0).document.getText(), code.value);
    assert.equal(opened.cellAt(0).document.languageId, CELL_LANGUAGE);
  });

  it('is what the example is made by', async () => {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(workspaceFile('jupyter.ipynb')));
    checkStructure(JSON.parse(text) as Exported);
  });
});
