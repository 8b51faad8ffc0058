import assert from 'node:assert/strict';
import { blend } from '../../src/heatmap/overlay';
import { normalise, range } from '../../src/heatmap/scale';
import { patches, upsample } from '../../src/heatmap/upsample';

const grid = { rows: 2, cols: 3 };
const values = [0, 1, 2, 3, 4, 5];

describe('scale', () => {
  it('finds the range over one map and over several', () => {
    assert.deepEqual(range([2, -1, 3]), { min: -1, max: 3 });
    assert.deepEqual(range([2], [-4, 9]), { min: -4, max: 9 });
    assert.deepEqual(range(), { min: 0, max: 0 });
  });

  it('clamps to 0..1 and turns a constant map into zeros', () => {
    assert.deepEqual([...normalise([0, 1, 2, 5], { min: 1, max: 3 })], [0, 0, 0.5, 1]);
    assert.deepEqual([...normalise([7, 7], range([7, 7]))], [0, 0]);
  });
});

describe('upsample', () => {
  it('keeps a map of the same size', () => {
    assert.deepEqual([...upsample(values, grid, 3, 2)], values);
  });

  it('is bilinear between pixel centres with clamped edges', () => {
    assert.deepEqual([...upsample([0, 1], { rows: 1, cols: 2 }, 4, 1)], [0, 0.25, 0.75, 1]);
    assert.deepEqual([...upsample([3], { rows: 1, cols: 1 }, 2, 2)], [3, 3, 3, 3]);
  });

  it('also goes downwards', () => {
    assert.deepEqual([...upsample(values, grid, 1, 1)], [2.5]);
  });

  it('leaves patches flat on request', () => {
    assert.deepEqual([...patches([1, 2], { rows: 1, cols: 2 }, 4, 2)], [1, 1, 2, 2, 1, 1, 2, 2]);
  });
});

describe('a region of a map', () => {
  const map = Array.from({ length: 35 }, (_, i) => Math.sin(i * 3));
  const shape = { rows: 5, cols: 7 };

  for (const [name, enlarge] of Object.entries({ upsample, patches })) {
    it(`is what ${name} draws there of the whole map`, () => {
      const [width, height] = [60, 40];
      const whole = enlarge(map, shape, width, height);
      for (const [left, top, w, h] of [
        [0, 0, 60, 40],
        [0, 0, 15, 10],
        [45, 30, 15, 10],
        [7, 13, 30, 20],
      ] as const) {
        const region = { x: left / width, y: top / height, width: w / width, height: h / height };
        const part = enlarge(map, shape, w, h, region);
        for (let y = 0; y < h; y++)
          for (let x = 0; x < w; x++) {
            const expected = whole[(top + y) * width + left + x]!;
            // Shares are rounded, pixels are not.
            assert.ok(Math.abs(part[y * w + x]! - expected) < 1e-6, `${left} ${top}: ${x} ${y}`);
          }
      }
    });
  }
});

describe('overlay', () => {
  const table = new Uint8Array(768).fill(200, 765);
  const picture = () => new Uint8ClampedArray([100, 50, 10, 255, 100, 50, 10, 255]);
  const heat = new Float32Array([1, 0.25]);

  it('is the picture at opacity 0 and the colour at 1', () => {
    const none = picture();
    blend(none, heat, table, 0);
    assert.deepEqual(none, picture());
    const full = picture();
    blend(full, heat, table, 1);
    assert.deepEqual([...full], [200, 200, 200, 255, 0, 0, 0, 255]);
  });

  it('mixes in between', () => {
    const half = picture();
    blend(half, heat, table, 0.5);
    assert.deepEqual([...half.subarray(0, 4)], [150, 125, 105, 255]);
  });

  it('leaves pixels below the threshold alone', () => {
    const some = picture();
    blend(some, heat, table, 1, 0.5);
    assert.deepEqual([...some], [200, 200, 200, 255, 100, 50, 10, 255]);
  });

  it('fades with the value on request, from nothing at zero', () => {
    const faded = new Uint8ClampedArray(16).map((_, i) => (i % 4 === 3 ? 255 : 100));
    blend(faded, new Float32Array([0, 0.25, 0.5, 1]), new Uint8Array(768).fill(200), 0.8, 0, 'value');
    assert.deepEqual(
      [0, 4, 8, 12].map((i) => faded[i]),
      [100, 120, 140, 180],
    );
    const clear = new Uint8ClampedArray(8);
    blend(clear, new Float32Array([0, 0.5]), new Uint8Array(768).fill(200), 1, 0, 'value');
    assert.deepEqual([...clear], [0, 0, 0, 0, 200, 200, 200, 128]);
  });

  it('shows the colour, not a dark mix, over transparent pixels', () => {
    const clear = new Uint8ClampedArray([0, 0, 0, 0]);
    blend(clear, new Float32Array([1]), table, 0.5);
    assert.deepEqual([...clear], [200, 200, 200, 128]);
  });
});
