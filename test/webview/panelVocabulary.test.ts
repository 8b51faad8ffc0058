import assert from 'node:assert/strict';
import { explanation } from './support/explanation';
import { describePanel, DEVICE, HALVES, MAPS, WORDS } from './support/panelSuite';

describePanel('vocabulary of the panel', (suite) => {
  const locate = (selector: string) => suite.panel.page.locator(selector);
  const text = (selector: string) => locate(selector).textContent();
  const chips = () => locate('.chip .word').allTextContents();
  const colorOf = (selector: string) =>
    suite.panel.page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`);
  const addWord = async (word: string) => {
    await locate('.add').click();
    await suite.panel.page.keyboard.type(word);
    for (const key of ['Enter', 'Escape']) await suite.panel.page.keyboard.press(key);
    await suite.panel.settle();
  };

  it('names what the prompts follow, and asks to switch it', async () => {
    const panel = await suite.ready();
    assert.equal(await locate('.vocabulary .switch').getAttribute('aria-label'), 'vocabulary: demo');
    assert.equal(await locate('.vocabulary .edited').isVisible(), false);
    await locate('.vocabulary .switch').click();
    await locate('.vocabulary .switch').focus();
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await panel.posted(), [{ type: 'switch-vocabulary' }, { type: 'switch-vocabulary' }]);
  });

  it('says once a chip is edited that it no longer follows, and what can be done', async () => {
    const panel = await suite.ready();
    await addWord('green star');
    assert.equal(await locate('.vocabulary .switch').isVisible(), false);
    assert.match((await text('.vocabulary .edited'))!, /^demo\u00a0· edited/);
    await panel.posted();
    await locate('.edited .save').click();
    await locate('.edited .reset').focus();
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await panel.posted(), [{ type: 'save-to-vocabulary' }, { type: 'reset' }]);
    assert.equal(await locate('.vocabulary .edited').isVisible(), true, 'until the host says so');
    await panel.sendSetup({ prompts: WORDS });
    assert.equal(await locate('.vocabulary .switch').isVisible(), true);
    assert.equal(await panel.page.evaluate('document.activeElement.className'), 'switch', 'where the focus was');
    await panel.sendSetup({ prompts: WORDS, vocabulary: { name: 'pets', isFollowed: false } });
    assert.match((await text('.vocabulary .edited'))!, /^pets/);
  });

  it('follows a change of the vocabulary, and keeps what is being written', async () => {
    const panel = await suite.ready();
    const looks = { 'red circle': { label: 'Round', color: '#cc0001' } };
    await locate('.add').click();
    await panel.page.keyboard.type('gre');
    await panel.sendSetup({ prompts: WORDS, looks });
    await panel.page.keyboard.type('en');
    assert.equal(await panel.page.evaluate("document.querySelector('.editor').value"), 'green');
    await panel.page.keyboard.press('Escape');
    assert.deepEqual(await chips(), ['Round', 'blue square']);
    await locate('.chip .word').nth(1).focus();
    await panel.sendSetup({ prompts: WORDS, looks: { ...looks, 'blue square': { label: 'Square' } } });
    assert.deepEqual(await chips(), ['Round', 'Square']);
    assert.equal(await panel.page.evaluate('document.activeElement.textContent'), 'Square');
    assert.deepEqual(await panel.posted(), [], 'nobody edited anything');
  });

  it('shows label and colour of a word everywhere, and edits its text', async () => {
    const panel = await suite.ready();
    const [first, ...others] = explanation(MAPS, 2, 2).prompts;
    const prompts = [{ ...first!, label: 'Round', color: '#cc0001' }, ...others];
    await panel.sendSetup({ prompts: WORDS, looks: { 'blue square': { color: 'url(evil)' } } });
    await panel.send({ type: 'explanation', explanation: { ...explanation(MAPS, 2, 2), prompts }, device: DEVICE });
    await panel.waitForState('ready');
    assert.deepEqual(await chips(), ['Round', 'blue square']);
    assert.equal(await colorOf('.chip .dot'), 'rgb(204, 0, 1)');
    assert.equal(await colorOf('.chip:nth-child(2) .dot'), 'rgb(86, 180, 233)', 'no other notation');
    const word = locate('.chip .word').nth(0);
    assert.equal(await word.getAttribute('title'), 'red circle');
    assert.equal(await word.getAttribute('aria-label'), 'Round (red circle), prompt 1 of 2');
    assert.equal(await locate('figcaption b').nth(1).textContent(), 'Round');
    assert.match((await locate('figcaption b').nth(1).getAttribute('title'))!, /^red circle\n/);
    assert.match((await locate('.tile').nth(1).getAttribute('aria-label'))!, /^Round: score/);
    await locate('.tile').nth(1).focus();
    await panel.page.keyboard.press('ArrowDown');
    assert.match((await text('[aria-live=polite]'))!, /: Round 1\.00/);
    assert.equal(await colorOf('.reading .bar'), 'rgb(204, 0, 1)');
    await word.click();
    assert.equal(await panel.page.evaluate("document.querySelector('.editor').value"), 'red circle');
  });

  it('draws the contour in the colour that a word brings', async () => {
    const panel = await suite.ready();
    await panel.sendSetup({ prompts: WORDS, looks: { 'red circle': { color: '#00ff01' } } });
    await panel.slide('opacity', 0);
    await panel.slide('threshold', 50);
    const green = await panel.page.evaluate<number>(`(() => {
      const canvas = document.querySelector('canvas.map');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i] === 0 && data[i + 1] === 255 && data[i + 2] === 1) count++;
      return count;
    })()`);
    assert.ok(green > 20, `${green} pixels`);
  });

  for (const width of [420, 800, 1280]) {
    it(`leaves the chips room at ${width} px`, async () => {
      const panel = await suite.ready({ width });
      const name = 'a vocabulary with quite a long name';
      for (const isFollowed of [true, false]) {
        await panel.sendSetup({ prompts: WORDS, vocabulary: { name, isFollowed } });
        const [row, line] = await panel.page.evaluate<{ left: number; right: number; width: number }[]>(
          `['.chips', '.vocabulary'].map((one) => document.querySelector(one).getBoundingClientRect().toJSON())`,
        );
        const room = line!.left - row!.left;
        assert.ok(room >= width * 0.5, `${room} px of ${width}`);
        assert.ok(line!.left >= row!.right && line!.right <= width);
      }
    });
  }

  it('stays usable with a thousand words', async () => {
    const panel = await suite.open({ height: 800 });
    const words = Array.from({ length: 1000 }, (_, i) => `word ${i}`);
    const maps = Object.fromEntries(
      words.map((word, i) => [word, Array.from({ length: 144 }, (_, j) => Math.sin(i + j))]),
    );
    await panel.page.evaluate(`(() => {
      const { prototype } = CanvasRenderingContext2D, { putImageData } = prototype;
      globalThis.paints = 0;
      prototype.putImageData = function (...given) {
        if (this.canvas.matches('.map')) paints++;
        putImageData.apply(this, given);
      };
    })()`);
    await panel.sendSetup({ prompts: words });
    await panel.sendPicture(HALVES, 80, 40);
    await panel.send({ type: 'explanation', explanation: explanation(maps, 12, 12), device: DEVICE });
    await panel.waitForState('ready');
    const holding = () =>
      panel.page.evaluate<number>(
        `[...document.querySelectorAll('canvas.map')].filter((one) => one.width > 0 && one.width !== 300).length`,
      );
    const [painted, paints] = [await holding(), await panel.page.evaluate<number>('paints')];
    assert.ok(painted > 20 && painted < 200, `${painted} tiles are painted`);
    assert.ok(paints < 3 * painted, `${paints} paints`);
    const row = await panel.page.evaluate<{ height: number; inside: number }>(
      `(({ clientHeight, scrollHeight }) => ({ height: clientHeight, inside: scrollHeight }))(document.querySelector('.chips'))`,
    );
    assert.ok(row.height <= 84 && row.inside > 1000, 'chips scroll');
    const isInRow = await panel.page.evaluate<boolean>(
      `document.querySelector('.add').getBoundingClientRect().bottom <= document.querySelector('.chips').getBoundingClientRect().bottom + 1`,
    );
    assert.ok(isInRow, 'the way to add a word is in sight');

    await panel.page.evaluate("document.querySelector('.tiles').scrollTop = 1e6");
    await panel.waitUntil("document.querySelector('.tile:last-child canvas').width !== 300");
    await panel.settle();
    assert.deepEqual((await panel.pixel('.tile:last-child canvas', 0.5, 0.5))[3], 255);
    assert.equal(await panel.page.evaluate("document.querySelector('.tile:nth-child(2) canvas').width"), 0, 'let go');
    assert.ok((await holding()) < 200);
    await panel.page.evaluate("document.querySelector('.tiles').scrollTop = 0");
    await panel.waitUntil("document.querySelector('.tile:nth-child(2) canvas').width > 0");
    assert.deepEqual((await panel.pixel('.tile:nth-child(2) canvas', 0.5, 0.5))[3], 255);
  });
});
