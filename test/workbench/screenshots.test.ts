/** Pictures of the panel in each kind of theme, to be looked at; UPDATE_README_PICTURES=1 puts them into media/ too. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Notebook } from './support/notebook';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import { readmePicture } from './support/readmePicture';
import { Workbench } from './support/workbench';

const scene = 'park.png';

/** Those that the README shows. */
const README = ['panel-dark', 'panel-light', 'panel-beside', 'panel-strip', 'notebook-dark', 'vocabulary-dark'];

const VOCABULARY = `{
  // What the pictures are about.
  "active": "park",
  "vocabularies": {
    "park": [
      { "text": "dog", "label": "pet", "color": "#d55e00" },
      "bicycle",
      "tree",
      "cat | kitten",
      "dog + bicycle",
      { "text": "grass", "negative": true }
    ],
    "pond": ["duck", "turtle", "frog"]
  }
}
`;

const viewport = { width: 1360, height: 880 };
/** The title bar says that this is a development window: it is left out. */
const titleBar = 36;

describe('the panel in each theme', () => {
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    workbench = await Workbench.open({ workspace: examples, viewport, scale: 1.5 });
    panel = new Panel(workbench);
    await workbench.contextMenu(workbench.explorerFile(scene), 'Explain Image');
    await panel.shows(scene);
  });
  after(() => workbench?.close());

  async function takePicture(name: string): Promise<void> {
    const clip = { x: 0, y: titleBar, width: viewport.width, height: viewport.height - titleBar };
    await workbench.page.mouse.move(170, 650); // an empty place: no tooltip in the picture
    await workbench.page.waitForTimeout(700);
    const file = await workbench.screenshot(name, clip);
    if (README.includes(name)) readmePicture(file, name);
  }

  /** Red, green and blue of the page behind everything. */
  async function background(): Promise<number[]> {
    const color = await panel.locator('body').evaluate((body: object): string => {
      const page = globalThis as unknown as { getComputedStyle(element: object): { backgroundColor: string } };
      return page.getComputedStyle(body).backgroundColor;
    });
    return color.match(/[\d.]+/g)!.map(Number);
  }

  for (const [theme, isDark] of [
    ['light', false],
    ['contrast', true],
    ['dark', true],
  ] as const) {
    it(theme, async () => {
      await workbench.theme(theme);
      await panel.ready();
      const [red = 0, green = 0, blue = 0, alpha = 1] = await background();
      // A page without a background of its own shows the editor's.
      if (alpha > 0) assert.equal(red + green + blue < 384, isDark, `the background is ${red} ${green} ${blue}`);
      await takePicture(`panel-${theme}`);
    });
  }

  it('dark, with one patch pointed at and a picture beside', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.openFile(scene);
    await workbench.statusBarItem('640x640').waitFor();
    await workbench.editorButton('Explain Image').click();
    await panel.shows(scene);
    await panel.locator('figure[aria-label^="dog"]').focus();
    await workbench.page.keyboard.press('ArrowRight');
    await panel.locator('.readout .place', 'row').waitFor();
    await takePicture('panel-beside');
  });

  it('light, with several pictures, outlines at a threshold and one place zoomed into', async () => {
    await workbench.theme('light');
    await workbench.command('View: Close All Editors');
    const files = ['kitchen-table.png', 'pond.png', 'living-room.png', 'night.png'];
    await workbench.explorerFile(files[0]!).click();
    await workbench.page.waitForTimeout(1000); // the explorer selects what it reveals: the file that opens
    for (const file of files.slice(1)) await workbench.explorerFile(file).click({ modifiers: ['Control'] });
    await workbench.contextMenu(workbench.explorerFile(files[3]!), 'Explain Images');
    await panel.shows(files[0]!);
    await panel.locator('.strip [role=option]').nth(2).click();
    await panel.shows(files[2]!);
    await panel.locator('.cam label', 'threshold').locator('input').fill('60');
    await panel.locator('figure[aria-label^="cat"]').focus();
    await workbench.page.keyboard.press('ArrowRight');
    for (let i = 0; i < 2; i++) await workbench.page.keyboard.press('+');
    await takePicture('panel-strip');
    await workbench.page.keyboard.press('0');
  });

  it('a menu on a map, and the empty panel', async () => {
    await panel.map('cat').click({ button: 'right' });
    await workbench.menuItem('Copy Map').waitFor();
    await workbench.screenshot('panel-menu');
    await workbench.page.keyboard.press('Escape');
    await workbench.theme('dark');
    await workbench.command('View: Close All Editors');
    await workbench.command('CLIP Surgery: Open Panel');
    await panel.locator('.welcome').waitFor();
    await takePicture('panel-empty');
  });

  for (const theme of ['light', 'contrast', 'dark'] as const) {
    it(`a notebook, ${theme}`, async () => {
      const notebook = new Notebook(workbench);
      await workbench.theme(theme);
      await workbench.command('View: Close All Editors');
      await notebook.open('tour.clipnb');
      await workbench.command('Notebook: Run All');
      await notebook.output(0).reveal();
      await workbench.page.waitForTimeout(3000);
      await takePicture(`notebook-${theme}`);
    });
  }

  it('the vocabulary: its file, its view and a panel that follows it', async () => {
    await workbench.command('View: Close All Editors');
    writeFileSync(path.join(workbench.folder, 'clip-vocabulary.json'), VOCABULARY);
    await workbench.openFile('clip-vocabulary.json');
    await workbench.contextMenu(workbench.explorerFile(scene), 'Explain Image');
    await panel.shows(scene);
    await panel.map('cat | kitten').waitFor();
    await workbench.page.locator('.activitybar a[aria-label^="CLIP Surgery"]').first().click();
    await workbench.page.locator('.viewlet .monaco-list-row', { hasText: 'bicycle' }).first().waitFor();
    for (const theme of ['light', 'contrast', 'dark'] as const) {
      await workbench.theme(theme);
      await panel.ready();
      await takePicture(`vocabulary-${theme}`);
    }
  });
});
