import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Notebook } from './support/notebook';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import { assertPointsAt } from './support/scenes';
import { Workbench } from './support/workbench';

const CELLS = { format: 'clip-notebook', version: 1, cells: [{ kind: 'code', text: ['image: living-room.png'] }] };
const scene = 'pond.png';

describe('the vocabulary', () => {
  let workbench: Workbench;
  let panel: Panel;
  let notebook: Notebook;
  const source = mkdtempSync(path.join(os.tmpdir(), 'clip-surgery-vocabulary-'));

  before(async () => {
    const workspace = path.join(source, 'pictures');
    cpSync(examples, workspace, { recursive: true });
    writeFileSync(path.join(workspace, 'words.clipnb'), JSON.stringify(CELLS));
    workbench = await Workbench.open({ workspace, viewport: { width: 1600, height: 1000 } });
    panel = new Panel(workbench);
    notebook = new Notebook(workbench);
  });
  after(async () => {
    await workbench?.close();
    rmSync(source, { recursive: true });
  });

  const file = () => path.join(workbench.folder, 'clip-vocabulary.json');
  const stored = () => readFileSync(file(), 'utf8');
  const row = (text: string) =>
    workbench.page.locator('.composite.viewlet .monaco-list-row:visible', { hasText: text }).first();

  async function storedWith(text: string): Promise<void> {
    for (const end = Date.now() + 15_000; !existsSync(file()) || !stored().includes(text);) {
      assert.ok(Date.now() < end, `"${text}" is not in the file`);
      await workbench.page.waitForTimeout(100);
    }
  }

  /** Answers an input box. */
  async function write(text: string): Promise<void> {
    await workbench.quickInput.waitFor();
    await workbench.quickInput.fill(text);
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.waitFor({ state: 'hidden' });
  }

  async function drag(text: string, onto: string): Promise<void> {
    const { mouse } = workbench.page;
    const centre = async (name: string) => {
      const { x, y, width, height } = (await row(name).boundingBox())!;
      return [x + width / 2, y + height / 2] as const;
    };
    await mouse.move(...(await centre(text)));
    await mouse.down();
    await mouse.move(...(await centre(onto)), { steps: 10 });
    await mouse.up();
  }

  it('two panels and a notebook follow the words that are added in the palette', async () => {
    await notebook.open('words.clipnb');
    await workbench.command('Notebook: Run All');
    await notebook.ready(1);
    await workbench.contextMenu(workbench.explorerFile('living-room.png'), 'Explain Image');
    await panel.shows('living-room.png');
    await panel.button('Keep this panel').click();
    await workbench.contextMenu(workbench.explorerFile(scene), 'Explain Image');
    await panel.shows(scene);

    await workbench.command('CLIP Surgery: Add Prompt…');
    await write('duck, kitten');
    await panel.map('duck').waitFor();
    await panel.ready();
    await assertPointsAt(panel, scene, 'duck');
    await storedWith('kitten');

    const output = notebook.output(0);
    await output.map('kitten').waitFor();
    await output.element.locator('.banner', { hasText: 'vocabulary changed' }).waitFor();
    assert.ok(!readFileSync(path.join(workbench.folder, 'words.clipnb'), 'utf8').includes('kitten'));

    await workbench.tab('living-room.png').click();
    await panel.shows('living-room.png');
    await panel.map('kitten').waitFor();
    await assertPointsAt(panel, 'living-room.png', 'cat');
  });

  it('a panel with words of its own stays as it is, until it follows again', async () => {
    const words = await panel.words();
    await panel.locator('.chip .remove').nth(0).click();
    await panel.ready();
    await panel.locator('.edited').waitFor();
    await workbench.command('CLIP Surgery: Add Prompt…');
    await write('fountain');
    await storedWith('fountain');
    assert.deepEqual(await panel.words(), words.slice(1));
    await panel.locator('.edited .reset').click();
    await panel.map('fountain').waitFor();
    assert.deepEqual(await panel.words(), [...words, 'fountain']);
  });

  it('what was edited in a panel is saved to the vocabulary', async () => {
    const words = await panel.words();
    await panel.locator('.chip .remove').nth(0).click();
    await panel.ready();
    await panel.locator('.edited .save').click();
    await panel.locator('.edited').waitFor({ state: 'hidden' });
    await panel.ready();
    assert.deepEqual(await panel.words(), words.slice(1));
    for (const end = Date.now() + 10_000; stored().includes(`"${words[0]}"`);) {
      assert.ok(Date.now() < end, 'the word is still in the file');
      await workbench.page.waitForTimeout(100);
    }
  });

  it('another vocabulary is chosen from the panel, and its synonyms share a map', async () => {
    await workbench.command('CLIP Surgery: New Vocabulary…');
    await write('warm');
    await storedWith('warm');
    await workbench.command('CLIP Surgery: Add Prompt…');
    await write('cat | kitten, house');
    await panel.map('cat | kitten').waitFor();
    await panel.ready();
    await assertPointsAt(panel, 'living-room.png', 'cat', 'cat | kitten');
    await panel.locator('.vocabulary .switch').click();
    await workbench.quickPickRow('demo').click();
    await panel.map('kitten').waitFor();
  });

  it('the file is edited by hand, broken, and repaired', async () => {
    const words = await panel.words();
    const text = stored();
    writeFileSync(file(), '<<<<<<< HEAD\n' + text);
    await workbench.page.waitForTimeout(1000);
    assert.deepEqual(await panel.words(), words, 'the last good one stays in use');
    writeFileSync(file(), text.replace('"kitten"', '"brown teapot"'));
    await panel.map('brown teapot').waitFor();
  });

  it('the view lists it, leaves words out for a while, and sorts them by dragging', async () => {
    await workbench.page.locator('.activitybar .action-item a[aria-label^="CLIP Surgery"]').first().click();
    await row('brown teapot').waitFor();
    await workbench.screenshot('vocabulary-view');
    const words = await panel.words();
    await row('brown teapot').locator('.monaco-custom-toggle').click();
    await panel.map('brown teapot').waitFor({ state: 'detached' });
    await row('brown teapot').locator('.monaco-custom-toggle').click();
    await panel.map('brown teapot').waitFor();
    assert.deepEqual(await panel.words(), words);
    await drag('brown teapot', words[0]!);
    await storedWith('"brown teapot",\n      "' + words[0]);
    await panel.ready();
    assert.deepEqual(await panel.words(), ['brown teapot', ...words.filter((word) => word !== 'brown teapot')]);
  });

  it('maps in an output are saved as a picture', async () => {
    const picture = path.join(workbench.folder, 'saved.png');
    await notebook.output(0).element.locator('.tool[aria-label="Save as Picture"]').click();
    await workbench.saveAs(picture);
    for (const end = Date.now() + 10_000; !existsSync(picture);) {
      assert.ok(Date.now() < end, 'nothing was saved');
      await workbench.page.waitForTimeout(100);
    }
    assert.equal(readFileSync(picture).toString('latin1', 1, 4), 'PNG');
  });
});
