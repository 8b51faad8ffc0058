import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import { assertPointsAt } from './support/scenes';
import { Workbench } from './support/workbench';

const files = ['kitchen-table.png', 'pond.png', 'living-room.png'];

describe('the pictures of a panel', () => {
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    workbench = await Workbench.open({ workspace: examples });
    panel = new Panel(workbench);
  });
  after(() => workbench?.close());

  const explain = (file: string) => workbench.contextMenu(workbench.explorerFile(file), 'Explain Image');
  const chosen = () => panel.locator('.strip [aria-selected=true]').getAttribute('aria-label');

  it('an empty panel says what to do, and has an example', async () => {
    await workbench.command('CLIP Surgery: Open Panel');
    await panel.locator('vscode-button', 'Try an example').click();
    await panel.shows('park.png');
    await assertPointsAt(panel, 'park.png', 'tree');
  });

  it('several of the explorer become a strip', async () => {
    await workbench.explorerFile(files[0]!).click();
    await workbench.page.waitForTimeout(1000); // the explorer selects what it reveals: the file that opens
    for (const file of files.slice(1)) await workbench.explorerFile(file).click({ modifiers: ['Control'] });
    await workbench.contextMenu(workbench.explorerFile(files[1]!), 'Explain Images');
    await panel.shows(files[0]!);
    assert.equal(await panel.locator('.strip [role=option]').count(), 3);
    await panel.locator('.strip img').nth(2).waitFor();
    await panel.locator('.strip [role=option]').nth(1).click();
    await panel.shows(files[1]!);
    assert.match((await chosen())!, /^pond\.png/);
  });

  it('are walked through by keyboard', async () => {
    const { keyboard } = workbench.page;
    await panel.locator('.strip [aria-selected=true]').focus();
    await keyboard.press('ArrowRight');
    await panel.shows(files[2]!);
    await keyboard.press('Home');
    await panel.shows(files[0]!);
    await keyboard.press('Alt+ArrowLeft');
    await panel.shows(files[2]!);
    await keyboard.press('Alt+ArrowLeft');
    await panel.shows(files[1]!);
    await keyboard.press('Alt+ArrowRight');
    await panel.shows(files[2]!);
    assert.match((await chosen())!, /^living-room\.png/);
    await assertPointsAt(panel, files[2]!, 'cat');
  });

  it('back and forward by mouse come to pictures of other sets', async () => {
    await explain('sailboat.png');
    await panel.shows('sailboat.png');
    await panel.button('Back').click();
    await panel.shows(files[2]!);
    assert.equal(await panel.locator('.strip [role=option]').count(), 3);
    await panel.button('Forward').click();
    await panel.shows('sailboat.png');
  });

  it('a pinned panel stays, and the next picture opens another one', async () => {
    await panel.button('Keep this panel').click();
    await explain('living-room.png');
    await workbench.tab('living-room.png · CLIP').waitFor();
    await workbench.tab('sailboat.png · CLIP').waitFor();
    await panel.shows('living-room.png');
    await explain('pond.png');
    await panel.shows('pond.png');
    await workbench.tab('sailboat.png · CLIP').click();
    await panel.shows('sailboat.png');
    await panel.button('Keep this panel').click();
    await explain('living-room.png');
    await panel.shows('living-room.png');
    await workbench.command('View: Close Editor'); // of the two panels one is left
    await panel.locator('header .name').waitFor();
  });

  it('a file that changes is explained again by itself', async () => {
    await explain('pond.png');
    await panel.shows('pond.png');
    copyFileSync(path.join(examples, 'living-room.png'), path.join(workbench.folder, 'pond.png'));
    const sha256 = await panel.provenance('picture');
    await panel.locator('header .size', '640').waitFor();
    for (const end = Date.now() + 10_000; (await panel.provenance('picture')) === sha256;) {
      assert.ok(Date.now() < end, 'the new file was not explained');
      await workbench.page.waitForTimeout(100);
    }
    await panel.ready();
    await assertPointsAt(panel, 'living-room.png', 'cat');
  });

  it('a file that is written in two halves is explained in the end', async () => {
    const bytes = readFileSync(path.join(examples, 'sailboat.png'));
    const target = path.join(workbench.folder, 'pond.png');
    writeFileSync(target, bytes.subarray(0, bytes.length >> 1));
    await panel.locator('.notice [role=alert]').waitFor();
    writeFileSync(target, bytes);
    await panel.locator('.notice [role=alert]').waitFor({ state: 'hidden' });
    await panel.ready();
  });

  it('a file that is deleted is said to be, and stays in sight', async () => {
    rmSync(path.join(workbench.folder, 'pond.png'));
    await panel.locator('.notice', 'The file was deleted.').waitFor();
    assert.ok(await panel.map('dog').isVisible());
  });

  it('a picture on the clipboard is pasted', async () => {
    await explain('living-room.png');
    await panel.shows('living-room.png');
    await panel.locator('figure').nth(0).click();
    await panel.button('Copy as a picture').click();
    await panel.locator('header [role=status]', 'copied').waitFor();
    await panel.locator('figure').nth(0).focus();
    await workbench.page.keyboard.press('Control+V');
    await panel.shows('image.png');
    await panel.button('Back').click();
    await panel.shows('living-room.png');
  });

  it('a file dragged from the explorer is dropped with Shift', async () => {
    const { mouse, keyboard } = workbench.page;
    const from = (await workbench.explorerFile('night.png').boundingBox())!;
    const to = (await workbench.page.locator('iframe.webview.ready:visible').first().boundingBox())!;
    await mouse.move(from.x + 40, from.y + 10);
    await mouse.down();
    await mouse.move(from.x + 60, from.y + 20, { steps: 4 });
    await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
    await keyboard.down('Shift'); // without it the editor opens the file
    await workbench.page.waitForTimeout(300);
    await mouse.move(to.x + to.width / 2 + 20, to.y + to.height / 2 + 20, { steps: 8 });
    await workbench.page.waitForTimeout(300);
    await mouse.up();
    await keyboard.up('Shift');
    await panel.shows('night.png');
  });
});
