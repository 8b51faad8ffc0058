import assert from 'node:assert/strict';
import * as viewport from '../../webview/camView/viewport';

const { FITTED } = viewport;
const near = (actual: readonly number[], expected: readonly number[]) =>
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]!) < 1e-9, `${actual.join()} ${expected.join()}`));

describe('viewport', () => {
  it('keeps what is under the pointer where it is', () => {
    let view = FITTED;
    for (const [factor, x, y] of [
      [2, 0.3, 0.6],
      [1.7, 0.5, 0.2],
      [0.8, 0.4, 0.4],
    ] as const) {
      const before = viewport.pictureAt(view, x, y);
      view = viewport.zoomAt(view, factor, x, y, 32);
      near(viewport.pictureAt(view, x, y), before);
      near(viewport.placeOf(view, ...before)!, [x, y]);
    }
  });

  it('always fills the tile, and ends where it began', () => {
    let view = viewport.zoomAt(FITTED, 4, 1, 1, 32);
    assert.deepEqual(view, { scale: 4, x: 0.75, y: 0.75 });
    view = viewport.panBy(view, -5, 5);
    assert.deepEqual(view, { scale: 4, x: 0.75, y: 0 });
    assert.deepEqual(viewport.zoomAt(view, 0.001, 0.5, 0.5, 32), FITTED);
    assert.deepEqual(viewport.panBy(FITTED, 0.5, 0.5), FITTED);
    for (let i = 0; i < 4; i++) view = viewport.zoomAt(view, viewport.ZOOM_STEP, 0.5, 0.5, 32);
    for (let i = 0; i < 8; i++) view = viewport.zoomAt(view, 1 / viewport.ZOOM_STEP, 0.5, 0.5, 32);
    assert.deepEqual(view, FITTED);
  });

  it('goes as far as one patch, on coarse grids as far as pixels', () => {
    assert.equal(viewport.maxScale({ rows: 32, cols: 48 }), 32);
    assert.equal(viewport.maxScale({ rows: 2, cols: 8 }), 8);
    assert.equal(viewport.maxScale(undefined), 8);
    assert.equal(viewport.zoomAt(FITTED, 99, 0.5, 0.5, 32).scale, 32);
  });

  it('brings a patch into sight, moving as little as is needed', () => {
    const view = { scale: 4, x: 0.5, y: 0.5 };
    const patch = (x: number, y: number) => ({ x, y, width: 0.1, height: 0.1 });
    assert.deepEqual(viewport.reveal(view, patch(0.6, 0.55)), view);
    const moved = viewport.reveal(view, patch(0.8, 0.2));
    near([moved.x, moved.y], [0.65, 0.2]);
    assert.equal(viewport.placeOf(view, 0.1, 0.6), undefined);
  });
});
