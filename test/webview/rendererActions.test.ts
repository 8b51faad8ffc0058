import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { CLIPBOARD_SIZE } from './support/clipboard';
import { describeRenderer, MAP, WORDS } from './support/rendererSuite';

describeRenderer('what can be done with an output', (suite) => {
  const { open, record, output, live, text, count } = suite;
  const tool = (label: string) => suite.page.page.locator(`#a .tool[aria-label="${label}"]`);
  const chips = () => suite.page.page.evaluate<string[]>(`[...out('a').querySelectorAll('.chip .word')].map((chip) => chip.textContent)`); // prettier-ignore

  it('is saved by the extension as a picture of all maps', async () => {
    const page = await live();
    await tool('Save as Picture').click();
    await page.waitUntil('posted.length > 0');
    const [message] = await page.posted();
    assert.ok(message?.type === 'save');
    assert.equal(message.name, 'two halves - maps.png');
    const { width, height } = await sharp(Buffer.from(message.png, 'base64')).metadata();
    assert.ok(width > 3 * 80 && height > 40, `${width} x ${height} for three tiles of 80 x 40`);
  });

  it('is copied as a picture', async () => {
    const page = await live();
    await tool('Copy as Picture').click();
    await page.waitUntil(`out('a').querySelector('.passing').textContent === 'copied'`);
    const [width] = await page.page.evaluate<[number, number]>(CLIPBOARD_SIZE);
    assert.ok(width > 3 * 80);
  });

  it('opens in the panel with the words and settings that are shown', async () => {
    const page = await live();
    await page.page.locator('#a .chip .remove').nth(1).click();
    await page.posted();
    await tool('Open in Panel').click();
    assert.deepEqual(await page.posted(), [
      { type: 'open', id: 'one', request: { prompts: [WORDS[0]], methods: ['clip-surgery'], aspect: 'squash' } },
    ]);
  });

  it('grows and shrinks', async () => {
    await live();
    const height = () => suite.page.page.evaluate<number>(`out('a').querySelector('${MAP.replaceAll("'", '"')}').clientHeight`); // prettier-ignore
    const before = await height();
    await tool('Larger').click();
    await suite.page.settle();
    assert.ok((await height()) > before);
    await tool('Smaller').click();
    await suite.page.settle();
    assert.equal(await height(), before);
  });

  it('says how its maps were made', async () => {
    const page = await live();
    await page.page.locator('#a .device').click();
    await page.waitUntil(`out('a').querySelector('.provenance').matches(':popover-open')`);
    await page.waitUntil(`out('a').querySelector('.provenance dd')`);
    const said = await text('a', '.provenance');
    const { model } = record();
    for (const part of [model.name, model.sha256.slice(0, 12), 'clip-surgery']) assert.ok(said.includes(part), said);
    await page.page.keyboard.press('Escape');
    await page.waitUntil(`!out('a').querySelector('.provenance').matches(':popover-open')`);
  });

  it('takes its words in another order, and takes that back', async () => {
    const page = await live();
    const first = page.page.locator('#a .chip').nth(0);
    await page.page
      .locator('#a .chip')
      .nth(1)
      .dragTo(first, { targetPosition: { x: 4, y: 12 } });
    await page.settle();
    assert.deepEqual(await chips(), WORDS.toReversed());
    const asked = (await page.posted()).at(-1);
    assert.ok(asked?.type === 'explain');
    assert.deepEqual(asked.request.prompts, WORDS.toReversed());
    await page.page.locator('#a .chip').nth(0).focus();
    await page.page.keyboard.press('Control+z');
    await page.settle();
    assert.deepEqual(await chips(), WORDS);
    assert.equal(await count('a', '.banner.quiet'), 1, 'as stored');
  });

  it('leaves out what is below the threshold of its cell', async () => {
    const page = await open();
    await page.render('a', output({ threshold: 0.5 }));
    await page.render('b', output({ id: 'two' }));
    for (const id of ['a', 'b']) await page.ready(id);
    const low = async (id: string) => (await page.pixel(id, MAP, 0.95, 0.05)).slice(0, 3);
    assert.deepEqual(await low('a'), [0, 0, 200], 'the plain picture');
    assert.notDeepEqual(await low('b'), [0, 0, 200]);
  });

  it('shows a picture of SVG', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40" fill="#00c800"/></svg>'; // prettier-ignore
    const bytes = Buffer.from(svg);
    const page = await open({ files: { 'drawing.svg': bytes } });
    const image = { ...record().image, path: 'drawing.svg', sha256: createHash('sha256').update(bytes).digest('hex') };
    await page.render('a', output({ explanations: [{ ...record(), image }] }));
    await page.ready('a');
    assert.equal(await text('a', '.note'), '');
    assert.deepEqual((await page.pixel('a', 'canvas.picture', 0.5, 0.5)).slice(0, 3), [0, 200, 0]);
  });
});
