/** Pictures of the panel in each kind of theme, to be looked at; UPDATE_README_PICTURES=1 puts them into media/ too. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Panel } from './support/panel';
import { examples, repository } from './support/paths';
import { Workbench } from './support/workbench';

const scene = 'red-circle-blue-square-green-star.png';

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
    if (!process.env.UPDATE_README_PICTURES) return;
    const media = path.join(repository, 'media');
    mkdirSync(media, { recursive: true });
    if (name !== 'panel-contrast') copyFileSync(file, path.join(media, `${name}.png`));
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
    await panel.locator('figure[aria-label^="red circle"]').focus();
    await workbench.page.keyboard.press('ArrowRight');
    await panel.locator('.readout .place', 'row').waitFor();
    await takePicture('panel-beside');
  });
});
