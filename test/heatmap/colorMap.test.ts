import assert from 'node:assert/strict';
import { interpolateInferno, interpolateMagma, interpolateViridis } from 'd3-scale-chromatic';
import { COLOR_MAPS, colorTable } from '../../src/heatmap/colorMap';

const at = (name: (typeof COLOR_MAPS)[number], i: number) => [...colorTable(name).subarray(i * 3, i * 3 + 3)];

describe('colour maps', () => {
  it('have 256 colours each and are made once', () => {
    for (const name of COLOR_MAPS) {
      assert.equal(colorTable(name).length, 768);
      assert.equal(colorTable(name), colorTable(name));
    }
  });

  it('viridis has the colours of matplotlib', () => {
    assert.deepEqual(at('viridis', 0), [68, 1, 84]);
    assert.deepEqual(at('viridis', 128), [33, 145, 140]);
    assert.deepEqual(at('viridis', 255), [253, 231, 37]);
  });

  it('inferno has the colours of matplotlib', () => {
    assert.deepEqual(at('inferno', 0), [0, 0, 4]);
    assert.deepEqual(at('inferno', 128), [188, 55, 84]);
    assert.deepEqual(at('inferno', 255), [252, 255, 164]);
  });

  it('the ramps of matplotlib are those of d3, to the last bit', () => {
    const ramps = { viridis: interpolateViridis, inferno: interpolateInferno, magma: interpolateMagma };
    for (const [name, interpolate] of Object.entries(ramps)) {
      for (let i = 0; i < 256; i++) {
        const hex = at(name as keyof typeof ramps, i).map((value) => value.toString(16).padStart(2, '0'));
        assert.equal(`#${hex.join('')}`, interpolate(i / 255), `${name} ${i}`);
      }
    }
  });

  it('turbo goes from blue over green to red', () => {
    // d3 takes the author's polynomial, which is up to 15 of 255 off the author's table.
    const strongest = (i: number) => at('turbo', i).indexOf(Math.max(...at('turbo', i)));
    assert.deepEqual([40, 120, 220].map(strongest), [2, 1, 0]);
  });

  it('jet has the colours of OpenCV', () => {
    assert.deepEqual(at('jet', 0), [0, 0, 128]);
    assert.deepEqual(at('jet', 32), [0, 0, 255]);
    assert.deepEqual(at('jet', 33), [0, 4, 255]);
    assert.deepEqual(at('jet', 96), [2, 255, 254]);
    assert.deepEqual(at('jet', 255), [128, 0, 0]);
  });

  it('grey goes from black to white', () => {
    assert.deepEqual(
      [at('grey', 0), at('grey', 100), at('grey', 255)],
      [
        [0, 0, 0],
        [100, 100, 100],
        [255, 255, 255],
      ],
    );
  });

  it('neighbouring colours are close: no name is misread', () => {
    for (const name of COLOR_MAPS) {
      const table = colorTable(name);
      for (let i = 3; i < table.length; i++) assert.ok(Math.abs(table[i]! - table[i - 3]!) <= 16, `${name} ${i}`);
    }
  });
});
