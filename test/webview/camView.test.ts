import assert from 'node:assert/strict';
import { colorTable } from '../../src/heatmap/colorMap';
import { launchBrowser, type Browser } from './support/browser';
import { CamPage, type CamPageOptions, type Spot } from './support/camPage';
import { explanation } from './support/explanation';

const WORDS = ['red circle', 'blue square'];
const TABLE = colorTable('viridis');
const TOP = [...TABLE.subarray(765)];
const LOW = [...TABLE.subarray(0, 3)];
const GREY = "g.fillStyle = '#808080'; g.fillRect(0, 0, 2000, 2000)";
/** The colour tells the place: red across, green down. */
const PLACES =
  "for (let y = 0; y < 64; y++) for (let x = 0; x < 96; x++) { g.fillStyle = 'rgb(' + 2 * x + ',' + 3 * y + ',0)'; g.fillRect(x, y, 1, 1); }";
const GRID: readonly [rows: number, cols: number] = [4, 6];
const canvas = (word: string) => `document.querySelector('canvas.map[data-prompt="${word}"]')`;
const PLAIN = "document.querySelector('canvas.picture')";

/** A map with one high patch. */
function dot(rows: number, cols: number, row: number, col: number): number[] {
  return Array.from({ length: rows * cols }, (_, i) => (i === row * cols + col ? 0.3 : 0.1));
}

describe('CamView', function () {
  this.timeout(60_000);
  let browser: Browser;
  let cam: CamPage | undefined;

  before(async function () {
    const launched = await launchBrowser();
    if (!launched) {
      console.log('      no browser, or the harness is not installed: the view is not tested');
      return this.skip();
    }
    browser = launched;
  });
  afterEach(async () => {
    const violations = await cam?.violations();
    await cam?.close();
    cam = undefined;
    assert.deepEqual(violations ?? [], []);
  });
  after(() => browser?.close());

  const open = async (options?: CamPageOptions) => (cam = await CamPage.open(browser, options));
  /** A picture of 96 by 64 on a grid of 4 by 6, with a dot in the middle and one in a corner. */
  async function ready(options?: CamPageOptions, draw = PLACES): Promise<CamPage> {
    const view = await open(options);
    const maps = { 'red circle': dot(...GRID, 1, 2), 'blue square': dot(...GRID, 3, 5) };
    await view.show(draw, [96, 64], WORDS, explanation(maps, ...GRID));
    return view;
  }
  const sizeOf = (view: CamPage, of: string) =>
    view.page.evaluate<{ width: number; height: number }>(`({ width: ${of}.width, height: ${of}.height })`);
  const tileBox = async (view: CamPage, index = 1) => (await view.page.locator('.tile').nth(index).boundingBox())!;
  const viewport = (view: CamPage) =>
    view.page.evaluate<{ scale: number; x: number; y: number }>('({ ...cam.grid.viewport })');
  const percent = (view: CamPage) => view.page.locator('.zoom .percent').textContent();
  const wheel = async (view: CamPage, by: number) => {
    await view.page.keyboard.down('Control');
    await view.page.mouse.wheel(0, by);
    await view.page.keyboard.up('Control');
    await view.settle();
  };

  describe('places a dot in the corner exactly', () => {
    const shapes = [
      ['wide, squashed', [400, 100], [8, 8]],
      ['wide, aspect kept', [400, 100], [2, 8]],
      ['tall, squashed', [100, 400], [8, 8]],
      ['tall, aspect kept', [100, 400], [8, 2]],
      ['tiny', [3, 2], [5, 5]],
      ['odd', [37, 53], [7, 7]],
    ] as const;
    for (const [name, size, [rows, cols]] of shapes) {
      for (const scale of [1, 2]) {
        it(`${name}, ${scale} device pixels a pixel`, async () => {
          const view = await open({ scale, look: { view: 'patches', opacity: 1 } });
          for (const [row, col] of [
            [0, 0],
            [0, cols - 1],
            [rows - 1, 0],
            [rows - 1, cols - 1],
          ] as const) {
            await view.show(GREY, size, ['dot'], explanation({ dot: dot(rows, cols, row, col) }, rows, cols));
            const { width, height } = await sizeOf(view, canvas('dot'));
            // The first pixel whose centre lies in the patch.
            const edge = (index: number, count: number, length: number) =>
              Math.max(0, Math.ceil((index * length) / count - 0.5));
            const expected = {
              left: edge(col, cols, width),
              top: edge(row, rows, height),
              right: edge(col + 1, cols, width),
              bottom: edge(row + 1, rows, height),
            };
            const count = (expected.right - expected.left) * (expected.bottom - expected.top);
            assert.deepEqual(await view.spot(canvas('dot'), TOP), { ...expected, count }, `row ${row}, column ${col}`);
            assert.equal((await view.spot(canvas('dot'), LOW)).count, width * height - count, 'nothing in between');

            const tile = await tileBox(view);
            await view.page.mouse.move(
              tile.x + ((col + 0.5) / cols) * tile.width,
              tile.y + ((row + 0.5) / rows) * tile.height,
            );
            const outline = (await view.page.locator('.tile .patch').nth(1).boundingBox())!;
            const box: Omit<Spot, 'count'> = {
              left: (outline.x - tile.x) * scale,
              top: (outline.y - tile.y) * scale,
              right: (outline.x + outline.width - tile.x) * scale,
              bottom: (outline.y + outline.height - tile.y) * scale,
            };
            for (const side of ['left', 'top', 'right', 'bottom'] as const) {
              assert.ok(Math.abs(box[side] - expected[side]) <= 0.51, `${side}: ${box[side]}, not ${expected[side]}`);
            }
          }
        });
      }
    }
  });

  describe('zoom', () => {
    it('keeps what is under the pointer there, in all tiles alike', async () => {
      const view = await ready({ look: { opacity: 0 } });
      const tile = await tileBox(view);
      const place = [Math.floor(tile.width * 0.3), Math.floor(tile.height * 0.6)] as const;
      await view.page.mouse.move(tile.x + place[0], tile.y + place[1]);
      const before = await view.pixel(canvas('red circle'), ...place);
      const where = await view.page.locator('.place').textContent();
      for (let i = 0; i < 3; i++) await wheel(view, -100);
      const { scale } = await viewport(view);
      assert.ok(scale > 3 && scale < 4, String(scale));
      assert.equal(await percent(view), `${Math.round(scale * 100)} %`);
      const after = await view.pixel(canvas('red circle'), ...place);
      // One pixel of the picture is a step of 2 and of 3.
      after.forEach((value, i) => assert.ok(Math.abs(value - before[i]!) <= 3, `${after.join()} ${before.join()}`));
      assert.equal(await view.page.locator('.place').textContent(), where);
      const prints = [PLAIN, ...WORDS.map(canvas)].map((each) => view.print(each));
      assert.equal(new Set(await Promise.all(prints)).size, 1, 'all tiles show the same');
      await wheel(view, 100);
      assert.ok((await viewport(view)).scale < scale);
      for (let i = 0; i < 4; i++) await wheel(view, 100);
      assert.deepEqual(await viewport(view), { scale: 1, x: 0, y: 0 });
    });

    it('pans by dragging, without disturbing a double click', async () => {
      const view = await ready({ look: { opacity: 0 } });
      const tile = await tileBox(view);
      const { mouse } = view.page;
      await mouse.move(tile.x + tile.width / 2, tile.y + tile.height / 2);
      for (let i = 0; i < 4; i++) await wheel(view, -100);
      const from = await viewport(view);
      await mouse.down();
      await mouse.move(tile.x + tile.width / 2 + 40, tile.y + tile.height / 2 + 10, { steps: 4 });
      assert.equal(await view.page.locator('.tiles.zoomed.dragging').count(), 1);
      await mouse.up();
      const to = await viewport(view);
      assert.ok(Math.abs((from.x - to.x) * to.scale * tile.width - 40) < 1, 'by as much as the pointer');
      assert.ok(Math.abs((from.y - to.y) * to.scale * tile.height - 10) < 1);
      assert.equal(await view.page.locator('.dragging').count(), 0);
      await mouse.move(tile.x + 20, tile.y + 20);
      assert.deepEqual(await viewport(view), to, 'the pointer was let go of');
      await view.page.locator(`canvas[data-prompt="blue square"]`).dblclick();
      assert.equal(await view.page.evaluate('cam.current'), 'blue square');
      assert.deepEqual(await viewport(view), to);
    });

    it('goes by keys about the patch cursor, by buttons, and back', async () => {
      const view = await ready();
      const { keyboard } = view.page;
      await view.page.locator('.tile').nth(2).focus();
      await keyboard.press('ArrowDown');
      assert.equal(await view.page.locator('.place').textContent(), 'row 4, column 6');
      await keyboard.press('+');
      await keyboard.press('=');
      assert.equal(await percent(view), '200 %');
      const { x, y } = await viewport(view);
      assert.ok(x > 0.4 && y > 0.4, 'about the cursor in the corner');
      await keyboard.press('Control+ArrowLeft');
      assert.ok((await viewport(view)).x < x);
      for (let i = 0; i < 5; i++) await keyboard.press('ArrowLeft');
      assert.equal((await viewport(view)).x, 0, 'the cursor stays in sight');
      await keyboard.press('-');
      assert.equal(await percent(view), '141 %');
      await keyboard.press('0');
      assert.equal(await percent(view), '100 %');
      await view.page.locator('.zoom button').nth(2).click();
      await view.page.locator('.zoom button').nth(2).click();
      assert.equal(await percent(view), '200 %');
      assert.match((await view.page.locator('.percent').getAttribute('aria-label'))!, /^200 %/);
      await view.page.locator('.percent').click();
      assert.equal(await percent(view), '100 %');
      for (let i = 0; i < 20; i++) await view.page.locator('.zoom button').nth(2).click();
      assert.equal(await percent(view), '800 %');
    });

    it('reads and outlines the patch that is seen, and draws the map there', async () => {
      const view = await ready({ look: { view: 'patches', opacity: 1 } });
      const tile = await tileBox(view);
      await view.page.mouse.move(tile.x + tile.width - 1, tile.y + tile.height - 1);
      for (let i = 0; i < 20; i++) await view.page.locator('.zoom button').nth(2).click();
      await view.page.evaluate('cam.zoom.pan(-9, -9)');
      await view.settle();
      const { width, height } = await sizeOf(view, canvas('blue square'));
      assert.equal((await view.spot(canvas('blue square'), TOP)).count, width * height, 'the corner alone is seen');
      await view.page.mouse.move(tile.x + 10, tile.y + 10);
      assert.equal(await view.page.locator('.place').textContent(), 'row 4, column 6');
      const outline = (await view.page.locator('.tile .patch').nth(1).boundingBox())!;
      assert.ok(Math.abs(outline.width - (tile.width * 8) / 6) < 1);
      assert.ok(Math.abs(outline.x + outline.width - tile.x - tile.width) < 1);
    });

    it('shows pixels as squares when close, and stays until a picture of another size comes', async () => {
      const view = await ready({ look: { opacity: 0 } });
      for (let i = 0; i < 6; i++) await view.page.locator('.zoom button').nth(2).click();
      await view.settle();
      const inRow = await view.page.evaluate<number>(`(() => {
        const { data } = ${PLAIN}.getContext('2d').getImageData(0, 5, ${PLAIN}.width, 1);
        return new Set(Array.from({ length: ${PLAIN}.width }, (_, x) => data[x * 4])).size;
      })()`);
      assert.ok(inRow <= 13, `${inRow} colours in a row of 96 / 8 pixels`);
      const maps = { 'red circle': dot(...GRID, 0, 0), new: dot(...GRID, 1, 1) };
      await view.show(GREY, [96, 64], ['red circle', 'new'], explanation(maps, ...GRID));
      assert.equal(await percent(view), '800 %');
      await view.show(GREY, [64, 96], ['red circle'], explanation({ 'red circle': dot(...GRID, 0, 0) }, ...GRID));
      assert.equal(await percent(view), '100 %');
    });
  });

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
        await view.close();
        cam = undefined;
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
      await view.close();
      cam = undefined;
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

  describe('figure', () => {
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
    const longest = await view.page.evaluate<number>(`(async () => {
      const input = document.querySelectorAll('.controls input')[1];
      let longest = 0, last = performance.now();
      for (let i = 1; i < 30; i++) {
        input.value = String(i * 3);
        input.dispatchEvent(new Event('input'));
        await new Promise(requestAnimationFrame);
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }
      return longest;
    })()`);
    // Generous: the machine that runs the tests may be busy with others.
    assert.ok(longest < 400, `a frame took ${longest} ms`);
  });
});
