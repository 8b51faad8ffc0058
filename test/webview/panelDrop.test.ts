import assert from 'node:assert/strict';
import { THEMES } from './support/themes';
import { describePanel, WORDS } from './support/panelSuite';

const PNG = "data.items.add(file('a.png', 'image/png', [1, 2]))";
const OVER = ['dragenter', 'dragover'];
const EDITOR = 'application/vnd.code.uri-list';

describePanel('drop and paste', (suite) => {
  const isHighlighted = () => suite.panel.page.locator('.drop').isVisible();
  const said = () => suite.panel.page.locator('.passing').textContent();
  /** What was posted, bytes as plain numbers. */
  const posted = () =>
    suite.panel.page.evaluate<unknown[]>(`posted.splice(0).map((message) => message.type === 'pasted'
      ? message.pictures.map(({ name, bytes }) => [name, ...bytes]) : message)`);

  for (const theme of Object.keys(THEMES) as (keyof typeof THEMES)[]) {
    it(`shows that files can be dropped, and takes the pictures among them, ${theme}`, async () => {
      const panel = await suite.ready({ theme });
      await panel.page.evaluate("addEventListener('dragover', () => posted.push('seen by the editor'))");
      await panel.transfer(OVER, PNG);
      assert.deepEqual([await isHighlighted(), await posted()], [true, []]);
      assert.equal(await panel.page.locator('.drop').textContent(), 'Drop to explain');
      await panel.transfer(['dragleave'], PNG);
      assert.equal(await isHighlighted(), false);
      const more = "data.items.add(file('b.TIFF', '', [3])); data.items.add(file('c.txt', 'text/plain', [4]))";
      await panel.transfer([...OVER, 'drop'], `${PNG}; ${more}`, '.tile');
      await panel.waitUntil('posted.length > 0');
      assert.deepEqual(await posted(), [
        [
          ['a.png', 1, 2],
          ['b.TIFF', 3],
        ],
      ]);
      assert.equal(await isHighlighted(), false);
    });
  }

  it('takes files of the editor’s explorer by their addresses', async () => {
    const panel = await suite.ready();
    const uris = ['vscode-remote://ssh/a.png', 'file:///c/b%20c.jpg'];
    const list = JSON.stringify([...uris, 'file:///c/notes.md'].join('\r\n'));
    await panel.transfer([...OVER, 'drop'], `data.setData('${EDITOR}', ${list}); data.setData('text/uri-list', 'x')`);
    await panel.transfer(['drop'], "data.setData('text/uri-list', '# one\\r\\nfile:///d.webp')");
    assert.deepEqual(await posted(), [
      { type: 'dropped', uris },
      { type: 'dropped', uris: ['file:///d.webp'] },
    ]);
  });

  it('says quietly what can be dropped', async () => {
    const panel = await suite.ready();
    await panel.transfer(['drop'], "data.items.add(file('c.txt', 'text/plain', [4]))");
    assert.match((await said())!, /^Only pictures can be dropped here: PNG, JPEG/);
    await panel.transfer(['drop'], "data.setData('text/uri-list', 'https://example.org/a.png')");
    assert.match((await said())!, /^Pictures are not fetched from the web/);
    const large = "Object.defineProperty(File.prototype, 'size', { get: () => 600 * 2 ** 20 })";
    await panel.transfer(['drop'], `${large}; ${PNG}`);
    assert.match((await said())!, /^That is more than 512 MB/);
    assert.deepEqual(await posted(), []);
    await panel.send({ type: 'empty' });
    await panel.transfer(['drop'], "data.items.add(file('c.txt', 'text/plain', [4]))");
    assert.equal(await panel.page.locator('.passing').isVisible(), true, 'also where there is no picture yet');
  });

  it('takes a picture from the clipboard', async () => {
    const panel = await suite.ready();
    await panel.transfer(['paste'], PNG);
    await panel.waitUntil('posted.length > 0');
    assert.deepEqual(await posted(), [[['a.png', 1, 2]]]);
    await panel.transfer(['paste'], "data.setData('text/plain', 'file:///a/b.png\\nvscode-remote://wsl/c.svg')");
    assert.deepEqual(await posted(), [{ type: 'dropped', uris: ['file:///a/b.png', 'vscode-remote://wsl/c.svg'] }]);
    for (const text of ['a red circle', '/home/me/a.png', 'C:\\\\a.png', 'https://example.org/a.png']) {
      await panel.transfer(['paste'], `data.setData('text/plain', '${text}')`);
    }
    assert.deepEqual([await posted(), await said()], [[], ''], 'text is not for this page');
  });

  it('leaves text for a word to its field', async () => {
    const panel = await suite.ready();
    await panel.page.evaluate("navigator.clipboard.writeText('file:///a.png')");
    await panel.page.locator('.add').click();
    await panel.page.keyboard.press('Control+v');
    await panel.page.keyboard.press('Enter');
    const prompts = (await panel.posted()).flatMap((message) => (message.type === 'explain' ? [message.prompts] : []));
    assert.deepEqual(prompts, [[...WORDS, 'file:///a.png']]);
  });

  it('takes no chip for a file, and files again after a chip was moved', async () => {
    const panel = await suite.ready();
    await panel.transfer(OVER, "data.setData('text/plain', 'red circle')", '.chip');
    assert.equal(await isHighlighted(), false);
    const first = panel.page.locator('.chip').nth(0);
    await panel.page
      .locator('.chip')
      .nth(1)
      .dragTo(first, { targetPosition: { x: 4, y: 12 } });
    assert.deepEqual(
      (await panel.posted()).map(({ type }) => type),
      ['explain'],
    );
    assert.deepEqual([await isHighlighted(), await said()], [false, '']);
    await panel.transfer(OVER, PNG);
    assert.equal(await isHighlighted(), true);
  });
});
