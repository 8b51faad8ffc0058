import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import type { Locator } from './support/playwright';
import { Workbench } from './support/workbench';

const lines = [
  '![a cat](living-room.png)',
  '',
  '<img alt="a boat" src="sailboat.png" width="200">',
  '',
  'pond.png',
  'kitchen-table.png',
];

describe('Images in text', () => {
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    workbench = await Workbench.open({ workspace: examples });
    panel = new Panel(workbench);
    writeFileSync(path.join(workbench.folder, 'notes.md'), lines.join('\n'));
    await open();
  });
  after(() => workbench?.close());

  /** Shows the text in the left group, so that the panel stays in sight at the right. */
  async function open(): Promise<void> {
    await workbench.command('View: Focus First Editor Group');
    await workbench.openFile('notes.md');
  }

  /** A piece of the text in the editor. */
  function piece(text: string): Locator {
    return workbench.page.locator('.editor-instance .view-line span > span', { hasText: text }).last();
  }

  it('have a hover with a thumbnail and a link that explains', async () => {
    const hover = workbench.page.locator('.monaco-hover:visible', { hasText: 'Explain Image' }).first();
    const thumbnail = hover.locator('img[src^="data:image/webp"]');
    // A hover is made once: where it comes before the extension is up, it has to be asked for again.
    for (const end = Date.now() + 60_000; !(await thumbnail.isVisible());) {
      assert.ok(Date.now() < end, 'there is no thumbnail');
      await workbench.page.mouse.move(5, 5);
      await workbench.page.waitForTimeout(500);
      await piece('living-room.png').hover();
      await workbench.page.waitForTimeout(2500);
    }
    assert.ok((await thumbnail.boundingBox())!.width > 100);
    await workbench.screenshot('text-hover');
    await hover.locator('a', { hasText: 'Explain Image' }).click();
    await panel.shows('living-room.png');
  });

  it('have an action in the menu of the light bulb', async () => {
    await open();
    await piece('pond.png').click();
    await chooseAction('Explain Image');
    await panel.shows('pond.png');
  });

  it('are explained together when several are selected', async () => {
    await open();
    await piece('pond.png').click();
    await workbench.page.keyboard.press('Shift+ArrowDown');
    await chooseAction('Explain Images');
    await panel.shows('pond.png');
    await panel.locator('.strip [role=option]').nth(1).click();
    await panel.shows('kitchen-table.png');
  });

  it('are explained in the Markdown preview, however they are written', async () => {
    await open();
    await workbench.command('Markdown: Open Preview');
    const preview = workbench.webview('vscode.markdown-language-features');
    await workbench.contextMenu(preview.locator('img[alt="a boat"]'), 'Explain Image');
    await panel.shows('sailboat.png');
    await workbench.contextMenu(preview.locator('img[alt="a cat"]'), 'Explain Image');
    await panel.shows('living-room.png');
  });

  async function chooseAction(title: string): Promise<void> {
    await workbench.page.keyboard.press('Control+.');
    await workbench.page.locator('.action-widget .monaco-list-row', { hasText: title }).first().click();
  }
});
