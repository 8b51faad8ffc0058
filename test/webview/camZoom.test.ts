import assert from 'node:assert/strict';
import type { CamPage } from './support/camPage';
import { describeCam, WORDS, TOP, GREY, GRID, PLAIN, canvas, dot, sizeOf, tileBox } from './support/camSuite';
import { explanation } from './support/explanation';

describeCam('CamView: zoom', ({ ready }) => {
  const viewport = (view: CamPage) =>
    view.page.evaluate<{ scale: number; x: number; y: number }>('({ ...cam.zoom.viewport })');
  const percent = (view: CamPage) => view.page.locator('.zoom .percent').textContent();
  const wheel = async (view: CamPage, by: number) => {
    await view.page.keyboard.down('Control');
    await view.page.mouse.wheel(0, by);
    await view.page.keyboard.up('Control');
    await view.settle();
  };
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
