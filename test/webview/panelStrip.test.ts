import assert from 'node:assert/strict';
import { THEMES } from './support/themes';
import { describePanel } from './support/panelSuite';

const NAMES = ['a.png', 'b.png', 'c.png', 'd.png'];
const GREEN = "g.fillStyle = '#00a000'; g.fillRect(0, 0, 64, 48)";

describePanel('panel strip', (suite) => {
  const selected = () =>
    suite.panel.page.evaluate<string[]>(
      "[...document.querySelectorAll('.thumbnail[aria-selected=true]')].map((t) => t.title)",
    );
  const focused = () => suite.panel.page.evaluate<string>('document.activeElement.title');
  const posted = async (type: string) => (await suite.panel.posted()).filter((message) => message.type === type);

  it('is there for several pictures only', async () => {
    const panel = await suite.ready();
    assert.equal(await panel.page.locator('.strip').isVisible(), false);
    await panel.sendPlace(NAMES, 1);
    assert.equal(await panel.page.locator('.strip').isVisible(), true);
    assert.equal(await panel.page.locator('.strip').getAttribute('role'), 'listbox');
    assert.deepEqual(await selected(), ['b.png']);
    await panel.sendPlace(['a.png']);
    assert.equal(await panel.page.locator('.strip').isVisible(), false);
  });

  it('goes to a picture by mouse and by keyboard', async () => {
    const panel = await suite.ready();
    const { keyboard } = panel.page;
    await panel.sendPlace(NAMES, 1);
    await panel.posted();
    await panel.page.locator('.thumbnail').nth(2).click();
    assert.deepEqual([await posted('go'), await selected()], [[{ type: 'go', index: 2 }], ['c.png']]);
    await panel.sendPlace(NAMES, 2);
    await panel.page.locator('.thumbnail').nth(2).focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'ArrowLeft', 'End']) await keyboard.press(key);
    assert.deepEqual(
      (await posted('go')).map((message) => message.type === 'go' && message.index),
      [3, 2, 0, 3],
      'none goes beyond the ends',
    );
    await panel.sendPlace(NAMES, 2);
    assert.deepEqual([await selected(), await focused()], [['d.png'], 'd.png'], 'an older place is passed over');
    await panel.sendPlace(NAMES, 3);
    await panel.sendPlace(NAMES, 0);
    assert.deepEqual([await selected(), await focused()], [['a.png'], 'a.png'], 'back and forward move it');
    assert.equal(await panel.page.locator('.thumbnail[tabindex="0"]').count(), 1);
  });

  it('asks for thumbnails that come into view, each once, and shows them as they come', async () => {
    const panel = await suite.ready({ width: 460 });
    const names = Array.from({ length: 40 }, (_, i) => `picture ${i}.png`);
    await panel.sendPlace(names);
    const [first, ...more] = await posted('thumbnails');
    assert.ok(first?.type === 'thumbnails');
    assert.deepEqual(more, [], 'one message for all that came in one frame');
    assert.ok(first.indices.includes(0) && !first.indices.includes(39), String(first.indices));
    await panel.page.locator('.thumbnail').nth(0).focus();
    await panel.page.keyboard.press('End');
    await panel.settle();
    await panel.page.keyboard.press('Home');
    await panel.settle();
    const asked = (await posted('thumbnails')).flatMap((m) => (m.type === 'thumbnails' ? m.indices : []));
    assert.ok(asked.includes(39));
    const all = [...first.indices, ...asked];
    assert.equal(new Set(all).size, all.length, 'each once');
    assert.ok(all.length < 40, 'those that were never seen are not asked for');

    const pictures = () => panel.page.locator('.thumbnail img').count();
    await panel.sendThumbnail(0, 'picture 0.png', GREEN);
    await panel.waitUntil("document.querySelectorAll('.thumbnail img').length === 1");
    await panel.sendThumbnail(1, 'picture 7.png', GREEN);
    await panel.send({
      type: 'thumbnail',
      index: 2,
      image: 'file:///pictures/picture 2.png',
      bytes: [1, 2, 3] as never,
    });
    await panel.settle();
    assert.equal(await pictures(), 1, 'another list’s and a broken one are left out');
    assert.equal(await panel.page.locator('.thumbnail').nth(2).textContent(), 'picture 2.png');
    assert.equal(await panel.page.locator('.thumbnail').nth(0).getAttribute('aria-label'), 'picture 0.png');
    await panel.sendPlace(names, 5);
    assert.equal(await pictures(), 1, 'a step on the same list keeps them');
  });

  for (const theme of Object.keys(THEMES) as (keyof typeof THEMES)[]) {
    it(`tells the chosen one from the others, ${theme}`, async () => {
      const panel = await suite.ready({ theme });
      await panel.sendPlace(NAMES, 1);
      const border = (index: number) =>
        panel.page.evaluate<string>(`(() => {
          const style = getComputedStyle(document.querySelectorAll('.thumbnail')[${index}], '::after');
          return style.borderTopWidth + ' ' + style.borderTopColor;
        })()`);
      assert.notEqual(await border(1), await border(0));
      assert.match(await border(1), /^2px/);
      const box = await panel.page.locator('.thumbnail').nth(0).boundingBox();
      assert.equal(box?.height, 48);
    });
  }
});
