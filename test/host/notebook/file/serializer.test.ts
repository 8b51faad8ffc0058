import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { ScratchFolder } from '../../fixtures';
import { activate, close, explanationsOf, run } from '../notebooks';

interface Stored {
  readonly cells: readonly {
    readonly text: readonly string[];
    readonly outputs?: readonly Record<string, unknown>[];
  }[];
  readonly thumbnails?: Record<string, string>;
}

describe('saving a CLIP notebook', () => {
  const folder = new ScratchFolder();
  const settings = () => vscode.workspace.getConfiguration('clipSurgery.notebook');

  before(async () => {
    await activate();
    folder.picture('hearts.png');
  });
  afterEach(async () => {
    await settings().update('saveOutputs', undefined, vscode.ConfigurationTarget.Global);
    await close();
  });
  after(() => folder.remove());

  async function open(name: string, content: string): Promise<vscode.NotebookDocument> {
    const notebook = await vscode.workspace.openNotebookDocument(folder.file(name, content));
    await vscode.window.showNotebookDocument(notebook);
    return notebook;
  }

  /** The file after the next save, and what it was read as. */
  async function saved(notebook: vscode.NotebookDocument): Promise<{ text: string; stored: Stored }> {
    assert.ok(await notebook.save());
    const text = readFileSync(notebook.uri.fsPath, 'utf8');
    return { text, stored: JSON.parse(text) as Stored };
  }

  /** Opens what was saved under another name: the editor keeps documents for a while. */
  async function reopen({ uri }: vscode.NotebookDocument): Promise<vscode.NotebookDocument> {
    const copy = uri.with({ path: uri.path.replace('.clipnb', '-again.clipnb') });
    await vscode.workspace.fs.copy(uri, copy);
    return vscode.workspace.openNotebookDocument(copy);
  }

  it('stores records without their text, and each small picture once', async () => {
    const notebook = await open('two.clipnb', file(['image: hearts.png', 'prompts: [heart, star]'], ['[star]']));
    await run(notebook);
    const before = notebook.getCells().map(explanationsOf);
    const { text, stored } = await saved(notebook);
    assert.deepEqual(Object.keys(stored.thumbnails!), [before[0]![0]!.explanations[0]!.image.sha256]);
    assert.deepEqual(stored.cells[0]!.text, ['image: hearts.png', 'prompts: [heart, star]']);
    assert.deepEqual(Object.keys(stored.cells[0]!.outputs![0]!), ['explanation']);
    assert.doesNotMatch(text, /text\/plain|"thumbnail":|image\/png|executionOrder/);
    assert.ok(!text.includes(folder.path), 'a path of this machine is stored');
    const again = await reopen(notebook);
    assert.deepEqual(again.getCells().map(explanationsOf), before);
    const mimes = again.cellAt(0).outputs[0]!.items.map(({ mime }) => mime);
    assert.deepEqual(mimes, ['application/vnd.clip-surgery.explanation+json', 'text/plain']);
    assert.equal(again.isDirty, false);
  });

  it('stores errors as they are', async () => {
    const notebook = await open('error.clipnb', file(['image: missing.png']));
    await run(notebook);
    const { stored } = await saved(notebook);
    const [item] = stored.cells[0]!.outputs![0]!['items'] as { mime: string }[];
    assert.equal(item!.mime, 'application/vnd.code.notebook.error');
    const again = await reopen(notebook);
    assert.deepEqual(again.cellAt(0).outputs[0]!.items, notebook.cellAt(0).outputs[0]!.items);
  });

  it('leaves the outputs out where the setting says so, from the next save on', async () => {
    const notebook = await open('off.clipnb', file(['image: hearts.png']));
    await run(notebook);
    await settings().update('saveOutputs', false, vscode.ConfigurationTarget.Global);
    const { text } = await saved(notebook);
    assert.deepEqual(text, `${JSON.stringify(JSON.parse(file(['image: hearts.png'])), null, 2)}\n`);
    assert.equal(explanationsOf(notebook.cellAt(0)).length, 1, 'what is shown stays');
  });

  it('keeps what a newer version wrote through an edit', async () => {
    const newer = {
      format: 'clip-notebook',
      version: 2,
      theme: { map: 'jet' },
      cells: [
        { kind: 'table', width: 3, text: ['|a|'] },
        {
          kind: 'code',
          folded: true,
          text: ['image: hearts.png'],
          outputs: [
            { plot: [1, 2] },
            { note: 'kept', items: [{ mime: 'text/plain', size: 2, text: ['a', 'b'] }] },
            { note: 'kept', explanation: { version: 2, id: 'x', explanations: [] } },
          ],
        },
      ],
      thumbnails: { x: 'AAAA' },
    };
    const notebook = await open('newer.clipnb', JSON.stringify(newer));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(notebook.cellAt(1).document.uri, new vscode.Position(1, 0), '\nsize: 512');
    await vscode.workspace.applyEdit(edit);
    const { stored } = await saved(notebook);
    newer.cells[1]!.text.push('size: 512');
    assert.deepEqual(stored, newer);
  });

  it('starts a new notebook in an empty file', async () => {
    const notebook = await open('empty.clipnb', '');
    assert.equal(notebook.cellCount, 0);
  });

  it('says what is wrong with a damaged file, and leaves it alone', async () => {
    const broken = '{\n  "cells": [\n<<<<<<< HEAD\n';
    const uri = folder.file('broken.clipnb', broken);
    const sentence = /at line 3, column 1 the file is not valid JSON/;
    await assert.rejects(async () => vscode.workspace.openNotebookDocument(uri), sentence);
    await vscode.commands.executeCommand('vscode.open', uri);
    await vscode.commands.executeCommand('workbench.action.files.save');
    assert.equal(readFileSync(uri.fsPath, 'utf8'), broken);
  });
});

function file(...cells: string[][]): string {
  return JSON.stringify({ format: 'clip-notebook', version: 1, cells: cells.map((text) => ({ kind: 'code', text })) });
}
