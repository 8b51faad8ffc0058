import assert from 'node:assert/strict';
import { describeCam, TABLE, TOP, LOW, GREY, dot } from './support/camSuite';
import { explanation } from './support/explanation';

describeCam('CamView: figure', ({ open }) => {
  const dotted = (rows: number, cols: number) => explanation({ dot: dot(rows, cols, 0, cols - 1) }, rows, cols);

  it('has the picture’s own pixels, the map on them and a legend', async () => {
    const view = await open({ scale: 2, look: { view: 'patches', opacity: 1 } });
    await view.show(GREY, [400, 100], ['dot'], dotted(2, 8));
    await view.page.locator('.zoom button').nth(2).click();
    const taken = await view.take('dot');
    assert.deepEqual(taken.decoded, [taken.width, taken.height]);
    assert.equal(taken.type, 'image/png');
    assert.equal(taken.scale, 1);
    // The legend has the same colours below the tile: the tile is 400 by 100 from its top left corner.
    const tile = await view.spot('taken', LOW);
    const at = { x: tile.left, y: tile.top };
    await view.page.evaluate(`(() => {
      const part = new OffscreenCanvas(400, 100);
      part.getContext('2d').drawImage(taken, -${at.x}, -${at.y});
      globalThis.part = part;
    })()`);
    assert.deepEqual(await view.spot('part', TOP), { left: 350, top: 0, right: 400, bottom: 50, count: 2500 });
    assert.equal((await view.spot('part', LOW)).count, 400 * 100 - 2500, 'the whole picture, not what is zoomed to');
    assert.deepEqual(await view.pixel('taken', 1, 1), [255, 255, 255, 255]);
    await view.page.evaluate(`(() => {
      const legend = new OffscreenCanvas(taken.width, taken.height - ${at.y + 100});
      legend.getContext('2d').drawImage(taken, 0, -${at.y + 100});
      globalThis.legend = legend;
    })()`);
    for (const i of [32, 64, 128, 192]) {
      const color = TABLE.subarray(i * 3, i * 3 + 3);
      assert.ok((await view.spot('legend', color, 4)).count > 0, `colour ${i}`);
    }
    assert.ok((await view.spot('legend', [0, 0, 0], 60)).count > 200, 'text');
    assert.equal((await view.spot('legend', [255, 255, 255])).right, taken.width);
  });

  it('holds all tiles, the plain picture first', async () => {
    const view = await open({ look: { view: 'patches', opacity: 1 } });
    const maps = { one: dot(2, 2, 0, 0), two: dot(2, 2, 1, 1), three: dot(2, 2, 0, 1) };
    await view.show(GREY, [400, 300], ['two', 'one', 'missing', 'three'], explanation(maps, 2, 2));
    const { width, height, scale } = await view.take();
    assert.equal(scale, 1);
    assert.ok(width > 800 && width < 900 && height > 600 && height < 800, `${width} x ${height}`);
    const plain = await view.spot('taken', [128, 128, 128]);
    // Grey pixels at the edges of letters are as grey.
    assert.ok(plain.count >= 400 * 300 && plain.count < 400 * 300 + 200);
    const from = { x: plain.left, y: plain.top };
    const gap = (await view.spot('taken', LOW)).right - from.x - 800;
    const high = (x: number, y: number) => view.pixel('taken', from.x + x, from.y + y);
    assert.deepEqual(await high(400 + gap + 300, 200), [...TOP, 255], 'two, on the right');
    assert.deepEqual(await high(400 + gap + 100, 200), [...LOW, 255]);
  });

  it('looks as it is looked at, on white where the picture is clear', async () => {
    const view = await open({ look: { opacity: 0.5, threshold: 0.5, blending: 'value', scale: 'shared' } });
    const maps = { dot: dot(4, 4, 1, 1), faint: dot(4, 4, 2, 2).map((value) => value / 2) };
    await view.show('', [400, 400], ['dot', 'faint'], explanation(maps, 4, 4));
    await view.take('dot');
    assert.ok((await view.spot('taken', [230, 159, 0], 60)).count > 100, 'the contour');
    await view.take('faint');
    assert.equal((await view.spot('taken', [86, 180, 233], 40)).count, 0, 'below the shared threshold');
    const spot = await view.spot('taken', [255, 255, 255]);
    assert.ok(spot.count > 400 * 400);
  });

  it('enlarges a tiny picture crisply, and cuts long words', async () => {
    const view = await open({ look: { opacity: 0 } });
    const word = 'a very long prompt that nobody could fit below a picture of this size '.repeat(3).trim();
    await view.show(
      "g.fillStyle = '#f00'; g.fillRect(0, 0, 1, 1); g.fillStyle = '#00f'; g.fillRect(1, 0, 2, 2)",
      [3, 2],
      [word],
      explanation({ [word]: dot(5, 5, 0, 0) }, 5, 5),
    );
    const taken = await view.take(word);
    assert.equal(taken.scale, 107);
    const red = await view.spot('taken', [255, 0, 0]);
    assert.deepEqual([red.right - red.left, red.bottom - red.top, red.count], [107, 107, 107 * 107]);
    const blue = await view.spot('taken', [0, 0, 255]);
    assert.equal(blue.count, 4 * 107 * 107);
    const text = await view.spot('taken', [0, 0, 0], 30);
    assert.ok(text.count > 50 && text.right <= red.left + 321);
  });

  it('says so when there is nothing to compose', async () => {
    const view = await open();
    const failure = (word?: string) =>
      view.page.evaluate<string>(`cam.figure(${JSON.stringify(word)}).then(() => '', (error) => error.message)`);
    assert.equal(await failure(), 'There are no maps yet.');
    await view.show(GREY, [40, 40], ['dot', 'other'], dotted(2, 2));
    assert.equal(await failure('other'), 'There is no map of “other” yet.');
    await view.page.evaluate('show({ picture: { width: 40, height: 40 } })');
    assert.equal(await failure(), 'The picture is not there yet.');
  });
});
