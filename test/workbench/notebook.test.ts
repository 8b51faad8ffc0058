import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Notebook } from './support/notebook';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import { assertPointsAt } from './support/scenes';
import { Workbench } from './support/workbench';

/** What the outputs of the tour show: the picture, and words that are in it. */
const tour = [
  { file: 'park.png', words: ['dog', 'bicycle', 'tree'] },
  { file: 'park.png', words: ['dog'] },
  { file: 'pond.png', words: ['duck', 'turtle'] },
  { file: 'living-room.png', words: ['cat'] },
] as const;

describe('notebooks', () => {
  let workbench: Workbench;
  let notebook: Notebook;

  before(async () => {
    // High enough for the whole tour: the editor draws only what is in sight.
    workbench = await Workbench.open({ workspace: examples, viewport: { width: 1280, height: 3600 } });
    notebook = new Notebook(workbench);
  });
  after(() => workbench?.close());

  const source = () => readFileSync(path.join(workbench.folder, 'tour.clipnb'), 'utf8');

  /** In a browser the editor saves by itself, a little later. */
  async function saved(text: string, times = 1): Promise<void> {
    for (const end = Date.now() + 15_000; source().split(text).length <= times;) {
      assert.ok(Date.now() < end, `"${text}" was not saved`);
      await workbench.page.waitForTimeout(200);
    }
  }

  it('the tour runs from top to bottom, and its maps are on the objects', async () => {
    await notebook.open('tour.clipnb');
    await workbench.command('Notebook: Run All');
    await notebook.ready(6);
    for (const [i, { file, words }] of tour.entries()) {
      const output = notebook.output(i);
      await output.reveal();
      for (const word of words) await assertPointsAt(output, file, word);
    }
    await saved('"explanations"', 6); // not between two of the outputs
  });

  it('an edit in an output changes that output only, and not the notebook', async () => {
    const [before, file] = [await notebook.output(2).words(), source()];
    const output = notebook.output(0);
    await output.reveal();
    await output.rename('bicycle', 'sun');
    await output.map('sun').waitFor();
    assert.equal(await output.map('bicycle').count(), 0);
    await output.element.locator('.banner', { hasText: 'not saved' }).waitFor();
    assert.deepEqual(await notebook.output(2).words(), before);
    await workbench.page.waitForTimeout(2000);
    assert.equal(source(), file);
  });

  it('Update the Cell writes the edit into the source and runs it', async () => {
    await notebook.output(0).button('Update the Cell').click();
    await saved('[dog, sun, tree]');
    await notebook.ready(6);
    assert.ok((await notebook.output(0).words()).includes('sun'));
    assert.equal(await notebook.outputs.locator('.banner:not(.quiet)', { hasText: 'not saved' }).count(), 0);
  });

  it('a saved notebook shows its maps when it is opened again', async () => {
    await workbench.command('View: Close All Editors');
    await notebook.open('tour.clipnb');
    const output = notebook.outputOf('tree');
    await output.reveal();
    await output.map('sun').waitFor();
    await assertPointsAt(output, tour[0].file, 'dog');
  });

  it('the tour becomes a Jupyter notebook', async () => {
    await workbench.command('CLIP Surgery: Export as Jupyter Notebook…');
    const target = path.join(workbench.folder, 'tour.ipynb');
    await workbench.saveAs(target);
    for (const end = Date.now() + 30_000; !existsSync(target);) {
      assert.ok(Date.now() < end, 'nothing was exported');
      await workbench.page.waitForTimeout(200);
    }
    await workbench.command('View: Close All Editors');
    await notebook.open('tour.ipynb');
    const output = notebook.outputOf('tree');
    await output.reveal();
    await assertPointsAt(output, tour[0].file, 'dog');
  });

  it('a panel opens as a notebook', async () => {
    const panel = new Panel(workbench);
    await workbench.command('View: Close All Editors');
    await workbench.contextMenu(workbench.explorerFile('living-room.png'), 'Explain Image');
    await panel.shows('living-room.png');
    await workbench.command('CLIP Surgery: Open as Notebook');
    await notebook.cell(0).waitFor({ state: 'attached' });
    await workbench.command('Notebook: Run All');
    await notebook.ready(1);
    await notebook.output(0).reveal();
    await assertPointsAt(notebook.output(0), 'living-room.png', 'cat');
  });

  it('a Jupyter notebook shows its stored maps, and takes new ones below a picture, undone by Ctrl+Z', async () => {
    await workbench.command('View: Revert and Close Editor');
    await notebook.open('jupyter.ipynb');
    await notebook.ready(1);
    const count = () => notebook.outputs.locator('.clip-surgery-output').count();
    const before = await count();
    const pictures = notebook.outputs.locator('img');
    await workbench.contextMenu(pictures.first(), 'Explain Below Output');
    await notebook.outputs.locator('.clip-surgery-output').nth(before).waitFor({ timeout: 60_000 });
    assert.ok((await pictures.count()) >= 1, 'the picture stays');
    await notebook.cell(1).click();
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('Control+Z');
    await notebook.outputs.locator('.clip-surgery-output').nth(before).waitFor({ state: 'detached' });
  });

  it('a picture in an output is explained in the panel', async () => {
    await workbench.contextMenu(notebook.outputs.locator('img').first(), 'Explain Image');
    await new Panel(workbench).ready();
  });
});
