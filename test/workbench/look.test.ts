import assert from 'node:assert/strict';
import type { PageCanvas } from './support/cam';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import { Workbench } from './support/workbench';

const scene = 'pond.png';

describe('looking at maps', () => {
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    workbench = await Workbench.open({ workspace: examples });
    panel = new Panel(workbench);
    await workbench.contextMenu(workbench.explorerFile(scene), 'Explain Image');
    await panel.shows(scene);
  });
  after(() => workbench?.close());

  const tile = (word: string) => panel.locator(`figure[aria-label^="${word}"]`);
  const tilesInSight = () => panel.locator('figure:visible').count();
  const zoom = () => panel.locator('.zoom').innerText();

  /** Sums of the pixels of all maps: what is drawn differently has other sums. */
  const drawn = async (): Promise<string> => {
    await panel.ready();
    return panel.locator('.cam').evaluate(sumsOfMaps);
  };

  async function changes(what: string, act: () => Promise<unknown>): Promise<void> {
    const before = await drawn();
    await act();
    for (const end = Date.now() + 5000; (await drawn()) === before;) {
      assert.ok(Date.now() < end, `${what} changes nothing`);
      await workbench.page.waitForTimeout(50);
    }
  }

  for (const theme of ['light', 'contrast', 'dark'] as const) {
    describe(`in the theme ${theme}`, () => {
      before(() => workbench.theme(theme));

      it('zooms and pans all tiles by mouse', async () => {
        const { mouse, keyboard } = workbench.page;
        const box = (await panel.map('dog').boundingBox())!;
        await mouse.move(box.x + box.width / 3, box.y + box.height / 3);
        await keyboard.down('Control');
        await changes('the wheel', () => mouse.wheel(0, -300));
        await keyboard.up('Control');
        assert.doesNotMatch(await zoom(), /\b100/);
        await changes('a drag', async () => {
          await mouse.down();
          await mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
          await mouse.up();
        });
        await changes('the reset', () => panel.locator('.zoom button', '%').click());
        assert.match(await zoom(), /\b100/);
      });

      it('zooms and pans all tiles by keyboard', async () => {
        const { keyboard } = workbench.page;
        await tile('dog').focus();
        await changes('+', () => keyboard.press('+'));
        await changes('Ctrl and an arrow', () => keyboard.press('Control+ArrowRight'));
        await changes('0', () => keyboard.press('0'));
      });

      it('opens one tile by mouse and by keyboard, and goes through the words', async () => {
        const { keyboard } = workbench.page;
        await panel.map('dog').dblclick();
        assert.equal(await tilesInSight(), 1);
        await keyboard.press('Escape');
        assert.equal(await tilesInSight(), 7);
        await tile('dog').focus();
        await keyboard.press('Enter');
        await keyboard.press('ArrowRight');
        assert.equal(await tilesInSight(), 1);
        assert.ok(await tile('bicycle').isVisible());
        await keyboard.press('Escape');
      });

      it('shows the plain picture while Space is held', async () => {
        const { keyboard } = workbench.page;
        await tile('dog').focus();
        const before = await drawn();
        await changes('Space', () => keyboard.down(' '));
        await changes('letting go', () => keyboard.up(' '));
        assert.equal(await drawn(), before);
      });

      it('changes the look by keyboard, with native controls', async () => {
        const { keyboard } = workbench.page;
        for (const label of ['opacity', 'threshold']) {
          await panel.locator('.cam label', label).locator('input').focus();
          for (const [key, times] of [
            ['ArrowRight', 9],
            ['ArrowLeft', 9],
          ] as const) {
            // prettier-ignore
            await changes(`${label} ${key}`, async () => {
              for (let i = 0; i < times; i++) await keyboard.press(key);
            });
          }
        }
      });

      it('reads out the patch under the pointer', async () => {
        await panel.map('dog').hover();
        await panel.locator('.readout .place', 'row').waitFor();
        assert.equal(await panel.locator('.readout .reading').count(), 6);
        assert.equal(await panel.locator('.tile .patch:visible').count(), 7);
      });
    });
  }
});

function sumsOfMaps(cam: { querySelectorAll(selector: string): ArrayLike<PageCanvas> }): string {
  const canvases = Array.from(cam.querySelectorAll('canvas.map'));
  return canvases
    .map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let sum = 0;
      for (const value of data) sum = (sum * 31 + value) % 1_000_000_007;
      return sum;
    })
    .join();
}
