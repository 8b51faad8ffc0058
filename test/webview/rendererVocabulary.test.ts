import assert from 'node:assert/strict';
import { REQUEST_MIME } from '../../src/protocol/notebook';
import { describeRenderer, HELLO, WORDS } from './support/rendererSuite';

const FOLLOW = { methods: ['clip-surgery'], aspect: 'squash' };
const NEW_WORDS = [...WORDS, 'green star'];

describeRenderer('an output that shows the vocabulary', (suite) => {
  const { open, record, output, text, count, click } = suite;
  const stored = (id = 'one') => output({ id, vocabulary: 'demo' });
  const answer = (id = 'one') => output({ id, vocabulary: 'demo', explanations: [record({}, NEW_WORDS)] });
  const chips = (id: string) =>
    suite.page.page.evaluate<string[]>(
      `[...out('${id}').querySelectorAll('.chip .word')].map((chip) => chip.textContent)`,
    );
  const ready = async () => {
    const page = await open();
    await page.render('a', stored());
    await page.ready('a');
    await page.send(HELLO);
    await page.posted();
    return page;
  };
  const edit = async (word: string) => {
    await suite.page.page.locator('#a .add').click();
    await suite.page.page.keyboard.type(word);
    for (const key of ['Enter', 'Escape']) await suite.page.page.keyboard.press(key);
    await suite.page.settle();
  };

  it('asks for the new one, shows the answer, and runs the cell as it is', async () => {
    const page = await ready();
    await page.render('b', output({ id: 'two' }));
    await page.ready('b');
    await page.send({ type: 'vocabulary' });
    assert.deepEqual(await page.posted(), [{ type: 'explain', id: 'one', request: FOLLOW }]);
    assert.match(await text('a', '.banner .say'), /^vocabulary changed · not saved · Run again to store · waiting$/);
    assert.deepEqual(await chips('a'), WORDS, 'until the answer comes');
    assert.equal(await count('a', '.skeleton'), 0);
    await page.send({ type: 'explained', id: 'one', output: answer() });
    await page.ready('a');
    assert.deepEqual(await chips('a'), NEW_WORDS);
    assert.equal(await count('a', 'canvas.map'), 3);
    assert.equal(await text('a', '.banner .say'), 'vocabulary changed · not saved · Run again to store');
    assert.equal(await count('b', '.banner.quiet'), 1, 'a cell with prompts of its own');
    await click('a', '.banner .primary');
    assert.deepEqual(await page.posted(), [{ type: 'update', id: 'one', request: FOLLOW }]);
  });

  it('goes back to what is stored, and follows the next change again', async () => {
    const page = await ready();
    await page.send({ type: 'vocabulary' });
    await page.send({ type: 'explained', id: 'one', output: answer() });
    await page.ready('a');
    await click('a', '.banner .secondary');
    await page.ready('a');
    assert.deepEqual(await chips('a'), WORDS);
    assert.equal(await count('a', '.banner.quiet'), 1);
    await page.posted();
    await page.send({ type: 'vocabulary' });
    assert.equal((await page.posted()).length, 1);
    await page.send({ type: 'failed', id: 'one', message: 'It did not work.' });
    assert.equal(await text('a', '.banner .failure'), 'It did not work.');
  });

  it('has nothing to store once the change was taken back', async () => {
    const page = await ready();
    await page.send({ type: 'vocabulary' });
    await page.send({ type: 'explained', id: 'one', output: answer() });
    await page.send({ type: 'vocabulary' });
    await page.posted();
    await page.send({ type: 'explained', id: 'one', output: stored() });
    await page.ready('a');
    assert.equal(await count('a', '.banner.quiet'), 1);
    assert.deepEqual(await page.posted(), []);
  });

  it('leaves alone what the reader wrote', async () => {
    const page = await ready();
    await edit('green star');
    assert.deepEqual(await page.posted(), [{ type: 'explain', id: 'one', request: { ...FOLLOW, prompts: NEW_WORDS } }]);
    await page.send({ type: 'vocabulary' });
    assert.deepEqual(await page.posted(), []);
    assert.match(await text('a', '.banner .say'), /^not saved/);
    assert.deepEqual(await chips('a'), NEW_WORDS);
  });

  it('keeps the reader’s settings, and drops the vocabulary’s words once they are edited', async () => {
    const page = await ready();
    await page.page.evaluate(`(() => {
      const size = out('a').querySelector('select.size');
      size.value = '96';
      size.dispatchEvent(new Event('change'));
    })()`);
    await page.send({ type: 'vocabulary' });
    const request = { ...FOLLOW, side: 96 };
    assert.deepEqual(await page.posted(), Array(2).fill({ type: 'explain', id: 'one', request }));
    await page.send({ type: 'explained', id: 'one', output: answer() });
    await edit('boat');
    assert.deepEqual(await page.posted(), [
      { type: 'explain', id: 'one', request: { ...request, prompts: [...NEW_WORDS, 'boat'] } },
    ]);
    assert.match(await text('a', '.banner .say'), /^not saved/);
  });

  it('shows the labels and colours of the answer', async () => {
    const page = await ready();
    await page.send({ type: 'vocabulary' });
    const made = answer();
    const [first, ...others] = made.explanations[0]!.prompts;
    const prompts = [{ ...first!, label: 'Round', color: '#cc0001' }, ...others];
    await page.send({ type: 'explained', id: 'one', output: { ...made, explanations: [{ ...record(), prompts }] } });
    await page.ready('a');
    assert.deepEqual(await chips('a'), ['Round', ...NEW_WORDS.slice(1)]);
    assert.equal(await text('a', '.tile:nth-child(2) b'), 'Round');
    const dot = await page.page.evaluate(`getComputedStyle(out('a').querySelector('.dot')).backgroundColor`);
    assert.equal(dot, 'rgb(204, 0, 1)');
  });

  it('asks of 100 only for those near, and for the others when they come near', async () => {
    const page = await open();
    for (let i = 0; i < 100; i++) await page.render(`n${i}`, stored(`n${i}`));
    await page.ready('n0');
    await page.posted();
    await page.send({ type: 'vocabulary' });
    await page.send({ type: 'vocabulary' });
    const asked = async () => (await page.posted()).map((message) => (message.type === 'explain' ? message.id : ''));
    const near = new Set(await asked());
    assert.ok(near.has('n0') && near.size < 12, [...near].join());
    await page.page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.waitUntil(`out('n99').querySelector('canvas') !== null`);
    const later = await asked();
    assert.ok(later.includes('n99') && later.length < 12, later.join());
    assert.equal(new Set(later).size, later.length, 'once each');
  });

  it('does not ask for an answer that no cell holds yet', async () => {
    const page = await open();
    await page.posted();
    await page.render('a', { image: 'x.png' }, REQUEST_MIME);
    const [, request] = await page.posted();
    assert.ok(request?.type === 'request');
    await page.send(HELLO);
    await page.send({ type: 'vocabulary' });
    const made = stored(request.id);
    await page.send({ type: 'explained', id: request.id, output: made });
    await page.ready('a');
    await page.send({ type: 'vocabulary' });
    assert.deepEqual(await page.posted(), []);
    await click('a', '.banner .primary');
    assert.deepEqual(await page.posted(), [{ type: 'keep', id: request.id, outputId: 'a', output: made }]);
  });
});
