import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { nameInNotebook } from '../../../src/host/notebook/notebookFolder';
import { parseCell } from '../../../src/host/notebook/language/parseCell';
import { ScratchFolder, workspaceFile } from '../fixtures';
import { activate, close, explanationsOf, run } from './notebooks';

describe('new CLIP notebooks', () => {
  const folder = new ScratchFolder();
  before(activate);
  afterEach(close);
  after(() => folder.remove());

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
    const images = ['three-stars.png', 'two-hearts.png'].map(workspaceFile);
    const notebook = await opened('explainInNotebook', images[0], [...images, workspaceFile('scenes.json')]);
    assert.equal(notebook.cellCount, 1);
    assert.deepEqual(requestOf(notebook.cellAt(0))?.images, ['three-stars.png', 'two-hearts.png']);
  });

  it('take the picture of the panel', async () => {
    await vscode.commands.executeCommand('clipSurgery.explainImage', workspaceFile('two-hearts.png'));
    const notebook = await opened('openAsNotebook');
    const request = requestOf(notebook.cellAt(0));
    assert.deepEqual(request?.images, ['two-hearts.png']);
    assert.equal(request?.prompts, undefined, 'the words of the model are followed');
    await close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('name pictures relative to the notebook, and tell of no other folders', () => {
    const notebook = folder.file('notes/a.clipnb', '');
    const name = (image: string) => nameInNotebook(vscode.Uri.joinPath(notebook, '..', image), notebook);
    assert.equal(name('b.png'), 'b.png');
    assert.equal(name('sub/b [1].png'), 'sub/b [1].png');
    assert.equal(name('../b.png'), 'b.png');
    const inWorkspace = workspaceFile('sub/a.clipnb');
    assert.equal(nameInNotebook(workspaceFile('two-hearts.png'), inWorkspace), '../two-hearts.png');
    assert.equal(nameInNotebook(workspaceFile('two-hearts.png'), notebook), 'two-hearts.png');
    assert.equal(nameInNotebook(workspaceFile('x/y.png'), vscode.Uri.parse('untitled:Untitled-1.clipnb')), 'x/y.png');
  });
});
