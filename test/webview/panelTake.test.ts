import assert from 'node:assert/strict';
import { figureName } from '../../webview/camView/figureName';
import { CLIPBOARD_SIZE } from './support/clipboard';
import { describePanel, WORDS } from './support/panelSuite';

describePanel('taking pictures away', (suite) => {
  const said = () => suite.panel.page.locator('.passing').textContent();
  const icon = (label: string) => suite.panel.page.locator(`header vscode-button[aria-label="${label}"]`);
  const forget = () => suite.panel.page.evaluate("navigator.clipboard.writeText('')");
  const copied = () => suite.panel.waitUntil("/^copied/.test(document.querySelector('.passing').textContent)");
  const clipboard = () => suite.panel.page.evaluate<[number, number]>(CLIPBOARD_SIZE);

  it('copies all tiles, or the large one', async () => {
    const panel = await suite.ready();
    await forget();
    await icon('Copy as a picture').click();
    await copied();
    const grid = await clipboard();
    await forget();
    await panel.page.locator('.tile').nth(1).focus();
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.press('Control+c');
    await copied();
    const tile = await clipboard();
    assert.ok(tile[0] < grid[0], `${tile.join()} ${grid.join()}`);
    assert.ok(tile[0] >= 80 && tile[1] >= 40, 'in the picture’s own size');
    assert.deepEqual(await panel.posted(), []);
  });

  it('leaves Ctrl+C to text', async () => {
    const panel = await suite.ready();
    await panel.page.evaluate("getSelection().selectAllChildren(document.querySelector('.note'))");
    await panel.page.keyboard.press('Control+c');
    assert.equal(await panel.page.evaluate('navigator.clipboard.readText()'), 'Knows shapes.');
    await panel.page.locator('.add').click();
    await panel.page.keyboard.press('Control+c');
    await panel.settle();
    assert.equal(await said(), '');
  });

  it('does what the editor’s menu asks for', async () => {
    const panel = await suite.ready();
    await panel.send({ type: 'take', taken: { action: 'save', prompt: 'red circle' } });
    await panel.waitUntil('posted.length > 0');
    await panel.send({ type: 'take', taken: { action: 'save' } });
    await panel.waitUntil('posted.length > 1');
    const signatures = await panel.page.evaluate<unknown[]>(
      'posted.splice(0).map(({ type, name, bytes }) => [type, name, String.fromCharCode(...bytes.slice(1, 4))])',
    );
    assert.deepEqual(signatures, [
      ['save', 'shapes - red circle.png', 'PNG'],
      ['save', 'shapes - maps.png', 'PNG'],
    ]);
    await forget();
    await panel.send({ type: 'take', taken: { action: 'copy', prompt: 'blue square' } });
    await copied();
    assert.ok((await clipboard())[0] >= 80);
    const contexts = await panel.page.evaluate<string[]>(
      "[...document.querySelectorAll('.tile')].map((tile) => tile.dataset.vscodeContext)",
    );
    assert.deepEqual(
      contexts.map((context) => JSON.parse(context) as unknown),
      [undefined, ...WORDS].map((prompt) => ({
        webviewSection: 'tile',
        ...(prompt && { prompt }),
        preventDefaultContextMenuItems: true,
      })),
    );
  });

  it('waits for the focus, and says so when it cannot copy', async () => {
    const panel = await suite.ready();
    await panel.page.evaluate(`(() => {
      let failures = 0;
      const write = navigator.clipboard.write.bind(navigator.clipboard);
      navigator.clipboard.write = (items) =>
        ++failures < 3 ? Promise.reject(new DOMException('Document is not focused.', 'NotAllowedError')) : write(items);
    })()`);
    await icon('Copy as a picture').click();
    await copied();
    await panel.page.evaluate("navigator.clipboard.write = () => Promise.reject(new Error('It is closed.'))");
    await icon('Copy as a picture').click();
    await panel.waitUntil("/^The maps could not be copied/.test(document.querySelector('.passing').textContent)");
    assert.equal(await said(), 'The maps could not be copied: It is closed.');
  });

  it('offers it only where there are maps', async () => {
    const panel = await suite.open();
    await panel.sendSetup({ prompts: WORDS });
    await panel.sendPlace(['a.png']);
    assert.equal(await icon('Copy as a picture').getAttribute('disabled'), '');
    assert.equal(await icon('Save as a picture').getAttribute('disabled'), '');
    await panel.send({ type: 'take', taken: { action: 'save' } });
    assert.equal(await said(), 'There are no maps to take yet.');
  });
});

describe('name of a composed picture', () => {
  it('holds nothing that file systems refuse', () => {
    assert.equal(figureName('harbour.png', 'red circle'), 'harbour - red circle.png');
    assert.equal(figureName('har.bour.jpeg', undefined), 'har.bour - maps.png');
    assert.equal(figureName('a.png', 'either/or? "<yes>"'), 'a - either_or_ _yes_.png');
    assert.equal(figureName('a.png', '...'), 'a - _.png');
    assert.ok(Buffer.byteLength(figureName(`${'語'.repeat(300)}.png`, `x${'🙂'.repeat(300)}`)) < 255);
    assert.doesNotMatch(figureName('a.png', `x${'🙂'.repeat(300)}`), /\p{Cs}/u);
  });
});
