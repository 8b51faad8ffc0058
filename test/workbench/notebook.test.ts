import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Notebook } from './support/notebook';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import { assertPointsAt } from './support/scenes';
import { Workbench } from './support/workbench';

/** What each output of the tour shows: the picture, and words that are in it. */
const tour = [
  { file: 'red-circle-blue-square-green-star.png', words: ['red circle', 'blue square', 'green star'] },
  { file: 'red-circle-blue-square-green-star.png', words: [] },
  { file: 'three-stars.png', words: ['black star', 'white star'] },
] as const;

describe('CLIP notebooks', () => {
  let workbench: Workbench;
  let notebook: Notebook;

  before(async () => {
    workbench = await Workbench.open({ workspace: examples });
    notebook = new Notebook(workbench);
  });
  after(() => workbench?.close());

  const source = () => readFileSync(path.join(workbench.folder, 'tour.clipnb'), 'utf8');

  it('the tour runs from top to bottom, and its maps are on the objects', async () => {
    await notebook.open('tour.clipnb');
    await workbench.command('Notebook: Run All');
    await notebook.ready(tour.length);
    for (const [i, { file, words }] of tour.entries()) {
      const output = notebook.output(i);
      await output.reveal();
      for (const word of words) await assertPointsAt(output, file, word);
    }
  });

  it('an edit in an output changes that output only, and not the notebook', async () => {
    await workbench.command('File: Save');
    const [before, saved] = [await notebook.output(2).words(), source()];
    const output = notebook.output(0);
    await output.reveal();
    await output.rename('blue square', 'yellow triangle');
    await output.map('yellow triangle').waitFor();
    assert.equal(await output.map('blue square').count(), 0);
    await output.element.locator('.banner', { hasText: 'not saved' }).waitFor();
    assert.deepEqual(await notebook.output(2).words(), before);
    assert.equal(source(), saved);
    assert.equal(await workbench.page.locator('.tab.dirty', { hasText: 'tour.clipnb' }).count(), 0);
  });

  it('Update the Cell writes the edit into the source and runs it', async () => {
    await notebook.output(0).button('Update the Cell').click();
    await workbench.page.locator('.tab.dirty', { hasText: 'tour.clipnb' }).waitFor();
    await notebook.ready(tour.length);
    assert.ok((await notebook.output(0).words()).includes('yellow triangle'));
  });

  it('a saved notebook shows its maps when it is opened again', async () => {
    await workbench.command('File: Save');
    await workbench.command('View: Close All Editors');
    await notebook.open('tour.clipnb');
    await notebook.output(0).map('yellow triangle').waitFor();
    await assertPointsAt(notebook.output(0), 'red-circle-blue-square-green-star.png', 'red circle');
    const stored = JSON.parse(source()) as { thumbnails: Record<string, string> };
    assert.ok(Object.keys(stored.thumbnails).length >= 2);
  });

  it('a panel opens as a notebook', async () => {
    const panel = new Panel(workbench);
    await workbench.command('View: Close All Editors');
    await workbench.contextMenu(workbench.explorerFile('two-hearts.png'), 'Explain Image');
    await panel.shows('two-hearts.png');
    await workbench.command('CLIP Surgery: Open as Notebook');
    await notebook.cell(0).waitFor();
    await workbench.command('Notebook: Run All');
    await notebook.ready(1);
    await assertPointsAt(notebook.output(0), 'two-hearts.png', 'purple heart');
  });
});
