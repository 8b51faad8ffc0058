import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp, { type Metadata } from 'sharp';
import { Panel } from './support/panel';
import { examples, output } from './support/paths';
import { Workbench } from './support/workbench';

const scene = 'pond.png';

describe('what can be taken away', () => {
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    workbench = await Workbench.open({ workspace: examples });
    panel = new Panel(workbench);
    await workbench.contextMenu(workbench.explorerFile(scene), 'Explain Image');
    await panel.shows(scene);
  });
  after(() => workbench?.close());

  const said = (text: string) => panel.locator('header [role=status]', text).waitFor();

  /** Base64 of what is on the clipboard as this kind of data. */
  async function clipboard(kind: 'image/png' | 'text/plain'): Promise<Buffer> {
    const read = kind === 'image/png' ? clipboardPicture : clipboardText;
    return Buffer.from(await panel.locator('body').evaluate(read), 'base64');
  }

  async function save(name: string): Promise<Metadata> {
    const file = path.join(workbench.folder, name);
    await workbench.saveAs(file);
    for (const end = Date.now() + 10_000; !existsSync(file);) {
      assert.ok(Date.now() < end, `${name} was not saved`);
      await workbench.page.waitForTimeout(100);
    }
    copyFileSync(file, path.join(output, `saved-${name}`)); // to be looked at
    return sharp(readFileSync(file)).metadata();
  }

  it('all maps, copied with the button', async () => {
    await panel.button('Copy as a picture').click();
    await said('copied');
    const { width, height } = await sharp(await clipboard('image/png')).metadata();
    assert.ok(width > 3 * 640 && height > 2 * 640, `${width} x ${height} for 7 tiles of 640 x 640`);
  });

  it('one map, copied from its menu', async () => {
    await workbench.contextMenu(panel.map('dog'), 'Copy Map');
    await said('copied');
    const { width, height } = await sharp(await clipboard('image/png')).metadata();
    assert.ok(width >= 640 && width < 800 && height > 640 && height < 1000, `${width} x ${height}`);
  });

  it('the large map, copied with the keyboard', async () => {
    const { keyboard } = workbench.page;
    await panel.locator('figure[aria-label^="bicycle"]').focus();
    await keyboard.press('Enter');
    await keyboard.press('Control+C');
    await said('copied');
    assert.ok((await sharp(await clipboard('image/png')).metadata()).width < 800);
    await keyboard.press('Escape');
  });

  it('all maps, saved with the button', async () => {
    await panel.button('Save as a picture').click();
    assert.ok((await save('all.png')).width > 3 * 640);
  });

  it('one map, saved from its menu', async () => {
    await workbench.contextMenu(panel.map('tree'), 'Save Map as Picture…');
    assert.ok((await save('star.png')).width < 800);
  });

  it('numbers as CSV, from the menu behind the dots', async () => {
    await panel.button('More actions').click();
    await workbench.menuItem('Copy Numbers as CSV').waitFor();
    await workbench.page.waitForTimeout(250);
    await workbench.menuItem('Copy Numbers as CSV').click();
    await said('copied as CSV');
    const lines = (await clipboard('text/plain')).toString().trim().split('\r\n');
    assert.equal(lines[0], 'prompt,score,cosine,row,column,similarity');
    assert.equal(lines.length, 1 + 6 * 324);
  });

  it('numbers as JSON, from the palette', async () => {
    await panel.locator('figure').nth(0).focus();
    await workbench.command('CLIP Surgery: Copy Numbers as JSON');
    await said('copied as JSON');
    const record = JSON.parse((await clipboard('text/plain')).toString()) as {
      prompts: { similarities: number[][] }[];
    };
    assert.equal(record.prompts.length, 6);
    assert.equal(record.prompts[0]!.similarities.length, 18);
  });
});

interface Clipboard {
  readText(): Promise<string>;
  read(): Promise<{ getType(type: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> }> }[]>;
}
interface ClipboardPage {
  readonly navigator: { readonly clipboard: Clipboard };
}

async function clipboardPicture(): Promise<string> {
  const { navigator } = globalThis as unknown as ClipboardPage;
  const [item] = await navigator.clipboard.read();
  const bytes = new Uint8Array(await (await item!.getType('image/png')).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

async function clipboardText(): Promise<string> {
  const { navigator } = globalThis as unknown as ClipboardPage;
  return btoa(await navigator.clipboard.readText());
}
