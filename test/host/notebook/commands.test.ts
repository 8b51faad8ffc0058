import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parseCell } from '../../../src/host/notebook/language/parseCell';
import { workspaceFile } from '../fixtures';
import { activate, close, explanationsOf, run } from './notebooks';

describe('new CLIP notebooks', () => {
  before(activate);
  afterEach(close);

  /** The notebook that a command opens. */
  async function opened(command: string, ...args: unknown[]): Promise<vscode.NotebookDocument> {
    await vscode.commands.executeCommand(`clipSurgery.${command}`, ...args);
    const notebook = vscode.window.activeNotebookEditor!.notebook;
    assert.deepEqual([notebook.notebookType, notebook.isUntitled], ['clip-notebook', true]);
    return notebook;
  }

  function requestOf(cell: vscode.NotebookCell) {
    return parseCell(cell.document.getText(), { models: [] }).request;
  }

  it('start with a picture of the workspace, ready to run', async () => {
    const notebook = await opened('newNotebook');
    assert.deepEqual(
      notebook.getCells().map(({ document }) => document.languageId),
      ['markdown', 'clip-explain'],
    );
    await run(notebook, 1);
    assert.equal(explanationsOf(notebook.cellAt(1)).length, 1);
  });

  it('hold the pictures that were selected in the explorer, in one cell', async () => {
    const images = ['pond.png', 'living-room.png'].map(workspaceFile);
    const notebook = await opened('explainInNotebook', images[0], [...images, workspaceFile('scenes.json')]);
    assert.equal(notebook.cellCount, 1);
    assert.deepEqual(requestOf(notebook.cellAt(0))?.images, ['pond.png', 'living-room.png']);
  });

  it('take the picture of the panel', async () => {
    await vscode.commands.executeCommand('clipSurgery.explainImage', workspaceFile('living-room.png'));
    const notebook = await opened('openAsNotebook');
    const request = requestOf(notebook.cellAt(0));
    assert.deepEqual(request?.images, ['living-room.png']);
    assert.equal(request?.prompts, undefined, 'the words of the model are followed');
    await close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
