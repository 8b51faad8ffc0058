import assert from 'node:assert/strict';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import { assertPointsAt } from './support/scenes';
import { Workbench } from './support/workbench';

const scene = 'park.png';
const words = ['dog', 'bicycle', 'tree', 'sun', 'cat', 'car'];

describe('Explain Image', () => {
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    workbench = await Workbench.open({ workspace: examples });
    panel = new Panel(workbench);
  });
  after(() => workbench?.close());

  /** Opens a file in the left group, so that the panel stays in sight at the right. */
  async function open(file: string): Promise<void> {
    await workbench.command('View: Focus First Editor Group');
    await workbench.openFile(file);
  }

  it('in the title of an editor opens the panel beside the picture', async () => {
    await open('pond.png');
    await workbench.editorButton('Explain Image').click();
    await panel.shows('pond.png');
    await workbench.tab('pond.png').waitFor();
  });

  it('in the explorer shows a map for each word, highest on its object', async () => {
    await workbench.contextMenu(workbench.explorerFile(scene), 'Explain Image');
    await panel.shows(scene);
    assert.deepEqual(await panel.words(), words);
    for (const name of ['dog', 'bicycle', 'tree']) await assertPointsAt(panel, scene, name);
  });

  it('is not offered for other files', async () => {
    await workbench.explorerFile('scenes.json').click({ button: 'right' });
    await workbench.menuItem('Copy Path').waitFor();
    assert.equal(await workbench.menuItem('Explain Image').count(), 0);
    await workbench.page.keyboard.press('Escape');
  });

  it('on the picture itself explains that picture', async () => {
    await open('living-room.png');
    await workbench.contextMenu(workbench.webview('vscode.media-preview').locator('img'), 'Explain Image');
    await panel.shows('living-room.png');
    await assertPointsAt(panel, 'living-room.png', 'cat');
  });

  it('on a tab explains the picture of that tab, not of the active one', async () => {
    await open('sailboat.png');
    await open('desert.png');
    await workbench.contextMenu(workbench.tab('sailboat.png'), 'Explain Image');
    await panel.shows('sailboat.png');
  });

  it('in the palette explains the active picture', async () => {
    await open('desert.png');
    await workbench.command('CLIP Surgery: Explain Image');
    await panel.shows('desert.png');
    await assertPointsAt(panel, 'desert.png', 'sun');
  });

  it('in the palette asks for a picture when none is active', async () => {
    await open('scenes.json');
    await workbench.command('CLIP Surgery: Explain Image');
    await workbench.openDialog(`${workbench.folder}/kitchen-table.png`);
    await panel.shows('kitchen-table.png');
  });
});
