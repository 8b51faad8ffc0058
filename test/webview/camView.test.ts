import assert from 'node:assert/strict';
import { describeCam, TOP, LOW, GREY, PLAIN, canvas, dot, sizeOf } from './support/camSuite';
import { explanation } from './support/explanation';

describeCam('CamView', ({ open, ready }) => {
  it('outlines what is at or above the threshold in the word’s colour', async () => {
    for (const scale of [1, 2]) {
      for (const look of [{ view: 'patches' }, { view: 'smooth' }]) {
        const view = await ready({ scale, look: { ...look, opacity: 0, threshold: 0.5 } }, GREY);
        const { width, height } = await sizeOf(view, canvas('red circle'));
        const orange = await view.spot(canvas('red circle'), [230, 159, 0], 60);
        const ratio = [orange.left / width, orange.top / height, orange.right / width, orange.bottom / height];
        // In patches the border of the patch at 2/6..3/6 by 1/4..2/4; smooth, half way to its neighbours.
        [2 / 6, 1 / 4, 3 / 6, 2 / 4].forEach((share, i) => {
          assert.ok(Math.abs(ratio[i]! - share) < 0.03, `${look.view} ${scale}: ${ratio[i]}, not ${share}`);
        });
        const [inside, outside] = [
          [2.5 / 6, 1.5 / 4],
          [4.5 / 6, 3.5 / 4],
        ].map(([x, y]) => view.pixel(canvas('red circle'), Math.floor(x! * width), Math.floor(y! * height)));
        assert.deepEqual([await inside, await outside], [await inside, [128, 128, 128, 255]]);
        assert.deepEqual((await inside)!.slice(0, 3), [128, 128, 128], 'a line, not an area');
        const dark = await view.spot(canvas('red circle'), [45, 45, 45], 45);
        assert.ok(dark.count > 50, 'the halo');
        assert.equal((await view.spot(PLAIN, [128, 128, 128])).count, width * height, 'not on the plain picture');
        assert.equal((await view.spot(canvas('blue square'), [86, 180, 233], 60)).count > 20, true);
        await view.slide('threshold', 0);
        assert.equal((await view.spot(canvas('red circle'), [230, 159, 0], 60)).count, 0);
      }
    }
  });

  it('lets opacity follow the value', async () => {
    const view = await ready({ width: 700, look: { view: 'patches', opacity: 1, blending: 'value' } }, GREY);
    const { width, height } = await sizeOf(view, canvas('red circle'));
    const spot = await view.spot(canvas('red circle'), TOP);
    assert.ok(Math.abs(spot.count - (width * height) / 24) < width, 'the top is opaque');
    assert.equal((await view.spot(canvas('red circle'), [128, 128, 128])).count, width * height - spot.count);
    const ramp = "document.querySelector('.ramp')";
    assert.deepEqual([(await view.pixel(ramp, 0, 0))[3], (await view.pixel(ramp, 128, 0))[3]], [0, 128]);
    await view.page.locator('.display').click();
    await view.page.locator('.segments input[value=even]').click();
    await view.settle();
    assert.equal((await view.spot(canvas('red circle'), LOW)).count, width * height - spot.count);
    assert.equal((await view.pixel(ramp, 0, 0))[3], 255);
    const looks = await view.page.evaluate<{ blending: string }[]>('looks');
    assert.deepEqual(
      looks.map(({ blending }) => blending),
      ['even'],
    );
  });

  it('goes from word to word with the arrows when one is large, and leaves Alt to the page', async () => {
    const view = await ready();
    const { keyboard } = view.page;
    const current = () => view.page.evaluate('cam.current');
    const place = () => view.page.locator('.place').textContent();
    assert.equal(await current(), undefined);
    await view.page.locator('.tile').nth(1).focus();
    assert.equal(await current(), 'red circle');
    await keyboard.press('Shift+ArrowRight');
    await keyboard.press('ArrowRight');
    assert.equal(await place(), 'row 2, column 4');
    await keyboard.press('PageDown');
    assert.equal(await current(), 'blue square', 'the page keys go on in the grid, too');
    await keyboard.press('Enter');
    await keyboard.press('ArrowLeft');
    assert.equal(await current(), 'red circle');
    assert.equal(await view.page.locator('.tile:not([hidden])').count(), 1);
    await keyboard.press('Shift+ArrowLeft');
    assert.equal(await place(), 'row 2, column 3');
    await keyboard.press('ArrowRight');
    assert.equal(await current(), 'blue square');
    await keyboard.press('Alt+ArrowRight');
    assert.equal(await current(), 'blue square');
    assert.equal(await place(), 'row 2, column 3');
    await keyboard.press('Escape');
    assert.equal(await view.page.locator('.tile:not([hidden])').count(), 3);
    assert.match((await view.page.locator('.tile').nth(1).getAttribute('aria-description'))!, /Enter/);
    const context = await view.page.locator('.tile').nth(1).getAttribute('data-vscode-context');
    assert.deepEqual(JSON.parse(context!), { webviewSection: 'tile', word: 'red circle' });
  });

  it('keeps the controls on one line, and all of them within reach', async () => {
    for (const [width, isInline] of [
      [452, false],
      [460, false],
      [520, false],
      [700, false],
      [800, false],
      [1100, false],
      [1460, true],
    ] as const) {
      const view = await ready({ width, look: { scale: 'shared' } });
      const boxes = await view.page.evaluate<{ left: number; right: number; middle: number }[]>(`
        [...document.querySelectorAll('.controls > :not(.more), .controls > .more > *')].flatMap((each) => {
          const { left, right, top, bottom, width } = each.getBoundingClientRect();
          return width > 0 ? [{ left, right, middle: (top + bottom) / 2 }] : [];
        })`);
      assert.equal(boxes.length, isInline ? 8 : 5, `${width} px`);
      boxes.forEach(({ left, right, middle }, i) => {
        assert.ok(left >= (boxes[i - 1]?.right ?? 16), `${width} px: ${i} is over ${i - 1}`);
        assert.ok(right <= width - 16, `${width} px: ${i} is cut off at ${right}`);
        assert.ok(Math.abs(middle - boxes[0]!.middle) <= 2, `${width} px: ${i} is on another line`);
      });
      const clipped = await view.page.evaluate<string[]>(`
        [...document.querySelectorAll('.controls :is(.label, .low, .high, .rule, button)')]
          .filter((each) => each.offsetWidth > 0 && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline')
          .map((each) => each.textContent)`);
      assert.deepEqual(clipped, [], `${width} px`);
      assert.equal(await view.page.locator('.legend').textContent(), '0.1000.300shared');
      if (!isInline) {
        await view.page.locator('.display').click();
        const popover = (await view.page.locator('.more').boundingBox())!;
        const row = (await view.page.locator('.controls').boundingBox())!;
        assert.ok(popover.y >= 0 && popover.y + popover.height <= row.y + 20, 'above the row');
        assert.ok(popover.x >= 0 && popover.x + popover.width <= width);
        await view.page.keyboard.press('Escape');
        assert.equal(await view.page.locator('.more').isVisible(), false);
      }
      assert.deepEqual(await view.violations(), []);
    }
  });

  it('keeps an open popover when the view becomes wide, and what it holds afterwards', async () => {
    const view = await ready({ width: 700 });
    await view.page.locator('.display').click();
    await view.page.setViewportSize({ width: 1500, height: 600 });
    await view.settle();
    assert.equal(await view.page.locator('.more').isVisible(), true);
    await view.page.keyboard.press('Escape');
    assert.equal(await view.page.locator('.display').isVisible(), false);
    await view.page.locator('.more select').selectOption('inferno');
    assert.equal(await view.page.evaluate('looks.at(-1).colorMap'), 'inferno');
  });

  it('says what the numbers are', async () => {
    const view = await ready();
    const title = await view.page.locator('.score').nth(1).getAttribute('title');
    assert.equal(title, 'share among these 2 words\ncosine 0.2500\nsimilarity 0.100 … 0.300');
    assert.equal(await view.page.locator('.legend').textContent(), '01per word');
  });

  it('does not blank a tile when the picture or the size changes', async () => {
    const view = await ready();
    const blank = await view.page.evaluate<number>(`(async () => {
      let blank = 0;
      const look = () => {
        for (const canvas of document.querySelectorAll('.tile:not([hidden]) canvas'))
          if (canvas.getContext('2d').getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data[3] === 0) blank++;
      };
      const frame = () => new Promise(requestAnimationFrame);
      const picture = (width, height) => {
        const canvas = new OffscreenCanvas(width, height);
        canvas.getContext('2d').fillRect(0, 0, width, height);
        return { width, height, source: canvas.transferToImageBitmap() };
      };
      for (const size of [[96, 64], [64, 96], [400, 100]]) {
        show({ picture: picture(...size), explanation: undefined, stage: 'working' });
        look();
        for (let i = 0; i < 3; i++) { await frame(); look(); }
      }
      document.getElementById('app').style.height = '300px';
      for (let i = 0; i < 4; i++) { await frame(); look(); }
      return blank;
    })()`);
    assert.equal(blank, 0);
  });

  it('rejects a record that does not say at what size the picture was seen', async () => {
    const view = await open();
    const whole = explanation({ dot: dot(2, 2, 0, 0) }, 2, 2);
    for (const part of [{ encoded: undefined }, { encoded: { width: 3 } }, { mapping: 'crop' }, { versions: null }]) {
      await view.show(GREY, [40, 40], ['dot'], { ...whole, ...part } as typeof whole);
      assert.match((await view.page.locator('.problem').textContent())!, /does not say how it was made/);
    }
    await view.show(GREY, [40, 40], ['dot'], whole);
    assert.equal(await view.page.locator('.problem').isVisible(), false);
  });

  it('stays quick with sixty outlined words', async () => {
    const view = await open({ height: 800, look: { threshold: 0.4 } });
    const words = Array.from({ length: 60 }, (_, i) => `word ${i}`);
    const maps = Object.fromEntries(
      words.map((word, i) => [word, Array.from({ length: 1024 }, (_, j) => Math.sin(i + j / 7))]),
    );
    await view.show(GREY, [800, 600], words, explanation(maps, 32, 32));
    const most = await view.mostPaintsInAFrame(1);
    // What does not fit into the budget of a frame waits for the next one.
    assert.ok(most > 1 && most < 10, `${most} canvases were painted in one frame`);
  });
});
