import assert from 'node:assert/strict';
import { REQUEST_MIME } from '../../src/protocol/notebook';
import { describeRenderer, HELLO, MAP, TOP, WORDS } from './support/rendererSuite';

describeRenderer('renderer', (suite) => {
  const { open, record, output, text, count, click, live } = suite;
  const addWord = async (word: string) => {
    const { page } = suite;
    await page.page.locator('#a .add').click();
    await page.page.keyboard.type(word);
    await page.page.keyboard.press('Enter');
    await page.page.keyboard.press('Escape');
    await page.settle();
  };

  it('draws the maps over the picture beside the notebook', async () => {
    const page = await open();
    await page.render('a', output());
    await page.ready('a');
    await page.page.evaluate(`(() => {
      const input = out('a').querySelector('.slider input');
      input.value = '100';
      input.dispatchEvent(new Event('input'));
    })()`);
    await page.settle();
    assert.deepEqual((await page.pixel('a', MAP, 0.05, 0.05)).slice(0, 3), TOP);
    assert.deepEqual((await page.pixel('a', 'canvas.picture', 0.9, 0.5)).slice(0, 3), [0, 0, 200]);
    assert.equal(await text('a', '.note'), '');
  });

  it('draws a bare record too', async () => {
    const page = await open();
    await page.render('a', record());
    await page.ready('a');
    assert.equal(await count('a', 'canvas.map'), 2);
  });

  it('shows the thumbnail where the file changed, and grey where there is none', async () => {
    const page = await open();
    const changed = { ...record(), image: { ...record().image, sha256: '00'.repeat(32) } };
    await page.render('a', output({ explanations: [changed], thumbnail: suite.thumbnail }));
    await page.ready('a');
    assert.equal(await text('a', '.note'), 'the file changed');
    assert.deepEqual((await page.pixel('a', 'canvas.picture', 0.9, 0.5)).slice(0, 3), [0, 200, 0]);
    const missing = { ...record(), image: { ...record().image, path: 'gone.png' } };
    await page.render('b', output({ id: 'two', explanations: [missing], thumbnail: '!!!' }));
    await page.ready('b');
    assert.equal(await text('b', '.note'), 'the file is not there');
    assert.deepEqual((await page.pixel('b', 'canvas.picture', 0.9, 0.5)).slice(0, 3), [128, 128, 128]);
    for (const path of ['/etc/a.png', 'http://127.0.0.1/a.png', 'C:\\a.png', '\ud800.png']) {
      await page.render('c', output({ explanations: [{ ...record(), image: { ...record().image, path } }] }));
      await page.ready('c');
      assert.equal(await text('c', '.note'), 'the file is not there', path);
    }
  });

  it('works without messaging, and says what needs the extension', async () => {
    const page = await open({ hasMessaging: false });
    await page.render('a', output());
    await page.ready('a');
    const why = 'needs the CLIP Surgery extension to be active';
    const titles = await page.page.evaluate<string[]>(
      `[...out('a').querySelectorAll('.choice, select.size, select.aspect, .chip .word, [aria-disabled=true]')].map((one) => one.title)`,
    );
    assert.ok(titles.filter((title) => title.includes(why)).length >= 6, titles.join('|'));
    assert.equal(await count('a', '.add'), 0);
    await page.page.evaluate(`document.addEventListener('click', (event) => {
      const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
      if (link) { globalThis.saved = [link.download, link.protocol]; event.preventDefault(); }
    })`);
    await page.page.evaluate(`out('a').querySelector('.tools button:nth-child(2)').click()`);
    await page.waitUntil('globalThis.saved !== undefined');
    assert.deepEqual(await page.page.evaluate('saved'), ['two halves - maps.png', 'blob:']);
  });

  it('asks for other prompts, shows the answer in this output only, and discards it', async () => {
    const page = await live();
    await page.render('b', output({ id: 'two' }));
    await page.ready('b');
    await addWord('green star');
    const words = [...WORDS, 'green star'];
    const request = { prompts: words, methods: ['clip-surgery'], aspect: 'squash' };
    assert.deepEqual(await page.posted(), [{ type: 'explain', id: 'one', request }]);
    assert.match(await text('a', '.banner .say'), /^not saved · Run again to store · waiting$/);
    await page.send({ type: 'working', id: 'one', stage: 'encoding words' });
    assert.match(await text('a', '.banner .say'), /encoding words/);
    assert.equal(await text('a', '.skeleton .stage'), 'encoding words');
    await page.send({ type: 'explained', id: 'one', output: output({ explanations: [record({}, words)] }) });
    await page.ready('a');
    assert.equal(await count('a', 'canvas.map'), 3);
    assert.equal(await count('b', 'canvas.map'), 2);
    assert.equal(await count('b', '.banner.quiet'), 1);
    await click('a', '.banner .secondary');
    await page.ready('a');
    assert.equal(await count('a', 'canvas.map'), 2);
    assert.equal(await count('a', '.banner.quiet'), 1);
    assert.deepEqual(await page.posted(), []);
  });

  it('updates the cell, shows what failed, and cancels what nobody waits for', async () => {
    const page = await live();
    await addWord('green star');
    await page.posted();
    await page.send({ type: 'failed', id: 'one', message: 'It did not work.', hint: 'Try again.' });
    assert.equal(await text('a', '.banner .failure'), 'It did not work. Try again.');
    await click('a', '.banner .primary');
    const request = { prompts: [...WORDS, 'green star'], methods: ['clip-surgery'], aspect: 'squash' };
    assert.deepEqual(await page.posted(), [{ type: 'update', id: 'one', request }]);
    await click('a', '.banner .secondary');
    await page.page.evaluate(`(() => {
      const size = out('a').querySelector('select.size');
      size.value = '96';
      size.dispatchEvent(new Event('change'));
    })()`);
    assert.deepEqual(await page.posted(), [
      { type: 'explain', id: 'one', request: { ...request, prompts: WORDS, side: 96 } },
    ]);
    await page.page.evaluate(`api.disposeOutputItem('a')`);
    assert.deepEqual(await page.posted(), [{ type: 'cancel', id: 'one' }]);
  });

  it('asks for the sizes when somebody turns to the settings, and not before', async () => {
    const page = await open();
    await page.render('a', output());
    await page.ready('a');
    await page.send({ type: 'hello' });
    await page.posted();
    const sizes = () =>
      page.page.evaluate<string>(`[...out('a').querySelector('select.size').options].map((o) => o.value).join()`);
    assert.equal(await sizes(), '64');
    await page.page.locator('#a .settings .choice').hover();
    await page.page.locator('#a .settings .choice').focus();
    assert.deepEqual(await page.posted(), [{ type: 'sizes' }], 'once');
    await page.send(HELLO);
    assert.equal(await sizes(), '64,96,192');
  });

  it('keeps typed letters from the editor', async () => {
    const page = await live();
    await page.page.evaluate('keys.length = 0');
    await addWord('dd');
    assert.deepEqual(await page.page.evaluate('keys'), ['Escape'].slice(1));
  });

  it('answers a request live and offers to keep it', async () => {
    const page = await open();
    await page.posted();
    await page.render('a', { image: 'x.png', prompts: WORDS }, REQUEST_MIME);
    const [, request] = await page.posted();
    assert.equal(request?.type, 'request');
    assert.ok(request?.type === 'request' && request.outputId === 'a' && request.id.length > 20);
    assert.deepEqual(request.request, { image: 'x.png', prompts: WORDS });
    assert.equal(await text('a', '[role=status]'), 'waiting…');
    await page.send(HELLO);
    const answer = output({ id: request.id });
    await page.send({ type: 'explained', id: request.id, output: answer });
    await page.ready('a');
    assert.equal(await text('a', '.banner .say'), 'live, not saved');
    await click('a', '.banner .primary');
    await click('a', '.banner .primary');
    assert.deepEqual(await page.posted(), [{ type: 'keep', id: request.id, outputId: 'a', output: answer }]);
    await page.send({ type: 'failed', id: request.id, message: 'The cell runs.' });
    assert.equal(await text('a', '.banner .failure'), 'The cell runs.');
    assert.equal(await count('a', 'canvas.map'), 2);
  });

  it('says of a request that the extension is needed', async () => {
    const page = await open({ hasMessaging: false });
    await page.render('a', { image: 'x.png' }, REQUEST_MIME);
    assert.match(await text('a', '.sentence'), /needs the CLIP Surgery extension/);
  });

  it('runs no script of a prompt', async () => {
    const page = await open();
    const word = '<img src=x onerror="violations.push(1)"><script>violations.push(2)</script>';
    await page.render('a', output({ explanations: [record({}, [word])] }));
    await page.ready('a');
    assert.equal(await text('a', '.chip .word'), word);
    assert.equal(await count('a', 'img, script'), 0);
  });

  it('frees everything when the last output goes', async () => {
    const page = await open();
    await page.render('a', output());
    await page.render('b', output({ id: 'two' }));
    await page.ready('a');
    await page.ready('b');
    assert.equal(await page.page.evaluate('decoded'), 1, 'one picture for both');
    await page.page.evaluate(`api.disposeOutputItem('a')`);
    await page.settle();
    assert.equal(await page.page.evaluate('bitmaps.size'), 1);
    await page.page.evaluate('api.disposeOutputItem()');
    await page.settle();
    assert.equal(await page.page.evaluate('bitmaps.size'), 0);
    assert.equal(await page.page.evaluate(`document.querySelectorAll('.clip-surgery-output').length`), 0);
  });

  it('draws of 100 outputs only those near, in places of the right height', async () => {
    const page = await open();
    for (let i = 0; i < 100; i++) {
      await page.page.evaluate(
        `render('n${i}', '${'application/vnd.clip-surgery.explanation+json'}', ${JSON.stringify(JSON.stringify(output({ id: `n${i}` })))})`,
      );
    }
    await page.ready('n0');
    const drawn = () =>
      page.page.evaluate<number[]>(
        `Array.from({ length: 100 }, (_, i) => i).filter((i) => out('n' + i).querySelector('canvas'))`,
      );
    const atTop = await drawn();
    assert.ok(atTop.length < 12 && atTop.includes(0), atTop.join());
    const heights = await page.page.evaluate<number[]>(
      `['n0', 'n99'].map((id) => document.getElementById(id).offsetHeight)`,
    );
    assert.ok(Math.abs(heights[0]! - heights[1]!) <= 2, heights.join());
    await page.page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.ready('n99');
    const atBottom = await drawn();
    assert.ok(atBottom.length < 12 && !atBottom.includes(0), atBottom.join());
    assert.equal(await page.page.evaluate('bitmaps.size'), 1);
  });

  it('draws methods side by side with one row of controls', async () => {
    const page = await open();
    await page.render('a', output({ explanations: [record(), record({ name: 'raw', redundancy: 'none' })] }));
    await page.ready('a');
    const boxes = await page.page.evaluate<{ x: number; y: number }[]>(
      `[...out('a').querySelectorAll('.method')].map((one) => { const { x, y } = one.getBoundingClientRect(); return { x, y }; })`,
    );
    assert.equal(boxes.length, 2);
    assert.ok(boxes[0]!.y === boxes[1]!.y && boxes[1]!.x > boxes[0]!.x + 300);
    assert.equal(await count('a', '.controls'), 1);
    assert.equal(await text('a', '.method:nth-child(2) h4'), 'Raw CLIP');
    await page.page.setViewportSize({ width: 600, height: 720 });
    await page.settle();
    const narrow = await page.page.evaluate<number[]>(
      `[...out('a').querySelectorAll('.method')].map((one) => one.getBoundingClientRect().x)`,
    );
    assert.equal(narrow[0], narrow[1]);
  });

  it('moves the patch cursor with the keyboard', async () => {
    const page = await open();
    await page.render('a', output());
    await page.ready('a');
    await page.page.locator('#a .tile').nth(1).focus();
    await page.page.keyboard.press('ArrowRight');
    assert.match(await text('a', '.place'), /^row 1, column 1$/);
    await page.page.keyboard.press('ArrowRight');
    assert.match(await text('a', '.spoken'), /^row 1, column 2: /);
    assert.deepEqual(await page.page.evaluate('keys'), []);
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    it(`takes its colours from the theme: ${theme}`, async () => {
      const page = await open({ theme });
      await page.render('a', output());
      await page.ready('a');
      const same = await page.page.evaluate<boolean>(
        `getComputedStyle(out('a').querySelector('.chip')).color === getComputedStyle(out('a').querySelector('.output')).color`,
      );
      assert.ok(same);
    });
  }
});
