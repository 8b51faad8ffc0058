import { strict as assert } from 'node:assert';
import { keptSize, sideChoices, squareSize } from '../../src/clip/preprocess/size';

describe('sizes in whole patches', () => {
  it('round a square to the nearest', () => {
    assert.deepEqual(squareSize(384, 14), { width: 378, height: 378 });
    assert.deepEqual(squareSize(1, 16), { width: 16, height: 16 });
  });

  it('keep every side of whole patches as it is', () => {
    for (const patch of [8, 14, 16, 32]) {
      for (let side = patch; side <= 1024; side += patch) {
        assert.deepEqual(squareSize(side, patch), { width: side, height: side });
      }
    }
  });

  const shapes: [width: number, height: number, cols: number, rows: number][] = [
    [640, 640, 32, 32],
    [400, 100, 64, 16],
    [100, 400, 16, 64],
    [1920, 1080, 43, 24],
    [3, 2, 39, 26],
  ];
  for (const [width, height, cols, rows] of shapes) {
    it(`keep the shape of ${width} x ${height} on about as many patches`, () => {
      const size = keptSize(512, 16, { width, height });
      assert.deepEqual(size, { width: cols * 16, height: rows * 16 });
      assert.ok(Math.abs(cols * rows - 1024) < 0.05 * 1024);
      const stretch = cols / rows / (width / height);
      assert.ok(Math.abs(Math.log(stretch)) < 0.02, `stretched by ${stretch}`);
    });
  }

  it('stay possible for a line of pixels', () => {
    assert.deepEqual(keptSize(512, 16, { width: 1e6, height: 1 }), { width: 1024 * 16, height: 16 });
    assert.deepEqual(keptSize(512, 16, { width: 1, height: 1e6 }), { width: 16, height: 1024 * 16 });
  });

  it('to choose from: the model’s own and the usual ones, none twice', () => {
    assert.deepEqual(sideChoices(16, 224, 512), [224, 384, 512, 768, 1024]);
    assert.deepEqual(sideChoices(14, 336, 504), [336, 378, 504, 770, 1022]);
    assert.deepEqual(sideChoices(32, 224, 512), [224, 384, 512, 768, 1024]);
  });
});
