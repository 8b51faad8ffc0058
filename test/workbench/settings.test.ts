import assert from 'node:assert/strict';
import sharp from 'sharp';
import path from 'node:path';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import { assertPointsAt } from './support/scenes';
import { Workbench } from './support/workbench';

const scene = 'park.png';

describe('what maps are made with', () => {
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    workbench = await Workbench.open({ workspace: examples });
    await sharp(path.join(examples, scene))
      .resize(640, 320, { fit: 'fill' })
      .toFile(path.join(workbench.folder, 'wide.png'));
    panel = new Panel(workbench);
    await workbench.contextMenu(workbench.explorerFile(scene), 'Explain Image');
    await panel.shows(scene);
  });
  after(() => workbench?.close());

  for (const [option, described, removed, points] of [
    ['Architecture only', /^Architecture surgery only, last 7 blocks/, /none removed/, true],
    ['Feature surgery only', /^Feature surgery only/, /42 reference words/, false],
    ['Raw CLIP', /^Raw CLIP/, /none removed/, false],
    ['Surgery', /^CLIP Surgery, last 7 blocks/, /42 reference words/, true],
  ] as const) {
    it(`${option}, by mouse`, async () => {
      await panel.choose('Method', option);
      const method = (await panel.provenance('method'))!;
      assert.match(method, described);
      assert.match(method, removed);
      if (points) await assertPointsAt(panel, scene, 'dog');
    });
  }

  it('another size, by keyboard', async () => {
    const { keyboard } = workbench.page;
    await panel.locator('vscode-dropdown[aria-label="Size"]').focus();
    await keyboard.press('ArrowUp'); // 96 px, where the model was trained
    await panel.locator('#provenance dd', '96 × 96 px, squashed').waitFor({ state: 'attached' });
    await panel.ready();
    await keyboard.press('ArrowDown');
    await panel.locator('#provenance dd', '144 × 144 px, squashed').waitFor({ state: 'attached' });
    await panel.ready();
  });

  it('the shape of the picture is kept, or not, and what is where stays there', async () => {
    await workbench.contextMenu(workbench.explorerFile('wide.png'), 'Explain Image');
    await panel.shows('wide.png');
    assert.equal(await panel.provenance('grid'), '18 rows × 18 columns');
    await assertPointsAt(panel, scene, 'dog');
    await panel.choose('Shape', 'keep ratio');
    assert.equal(await panel.provenance('grid'), '12 rows × 24 columns');
    await assertPointsAt(panel, scene, 'dog');
    await panel.choose('Shape', 'squash');
  });

  it('a long work can be cancelled', async () => {
    await panel.locator('vscode-dropdown[aria-label="Size"]').click();
    await panel.locator('vscode-option', '1024 px').click();
    await panel.locator('.stage-text', 'encoding the image, 1024 px').waitFor();
    await panel.locator('.working vscode-button', 'Cancel').click();
    await panel.locator('.notice', 'Cancelled.').waitFor();
    await panel.choose('Size', '96 px');
    await assertPointsAt(panel, scene, 'dog');
  });
});
