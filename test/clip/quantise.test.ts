import { strict as assert } from 'node:assert';
import { mapDifference } from '../../src/clip/explanation/mapDifference';
import { quantiseLinear } from '../../src/clip/quantise/quantiseLinear';
import { smoothing } from '../../src/clip/quantise/smoothing';
import { assertNear } from '../fixtures/near';

describe('an int8 weight', () => {
  it('lies as [in, out], each output in steps of its own', () => {
    const { values, scales } = quantiseLinear(Float32Array.of(1, -3, 4, /**/ 0.5, 0.25, 0), 3);
    assertNear(scales, [4 / 127, 0.5 / 127], 1e-8);
    assert.deepEqual([...values], [32, 127, -95, 64, 127, 0]);
  });

  it('takes over the factors of its inputs before it is rounded', () => {
    const { values, scales } = quantiseLinear(Float32Array.of(1, 1), 2, Float32Array.of(2, 0.5));
    assertNear(scales, [2 / 127], 1e-8);
    assert.deepEqual([...values], [127, 32]);
  });

  it('of zeros only is zeros, with a scale that is a number', () => {
    const { values, scales } = quantiseLinear(new Float32Array(4), 2);
    assert.deepEqual([...values], [0, 0, 0, 0]);
    assert.ok(scales.every((scale) => scale > 0));
  });
});

describe('smoothing', () => {
  it('lets inputs and weights use their steps alike', () => {
    const peaks = Float32Array.of(90, 1);
    const weights = [Float32Array.of(0.1, 0.5, /**/ -0.2, 0.25), Float32Array.of(0.4, -1)];
    const factors = smoothing(peaks, weights);
    assertNear(factors, [Math.sqrt(90 / 0.4), 1], 1e-5);
    // After it, the peak of the input and that of its weights are the same.
    assert.ok(Math.abs(90 / factors[0]! - 0.4 * factors[0]!) < 1e-4);
  });

  it('leaves inputs alone that are always zero or that nobody reads', () => {
    assert.deepEqual([...smoothing(Float32Array.of(0, 3), [Float32Array.of(1, 0)])], [1, 1]);
  });
});

describe('the difference of maps', () => {
  const grid = { rows: 2, cols: 3 };

  it('is none for the same heights, whatever their scale', () => {
    const map = Float32Array.of(0, 1, 2, 3, 4, 5);
    const { maps, mean, samePeak } = mapDifference([[map, map.map((value) => 10 * value - 3)]], grid);
    assert.deepEqual([maps, samePeak], [1, 1]);
    assert.ok(mean < 1e-6);
  });

  it('counts a maximum in a patch beside as the same, also across a corner, but not across the border', () => {
    const peak = (at: number) => Float32Array.from({ length: 6 }, (_, i) => Number(i === at));
    assert.equal(mapDifference([[peak(0), peak(4)]], grid).samePeak, 1);
    assert.equal(mapDifference([[peak(0), peak(2)]], grid).samePeak, 0);
    assert.equal(mapDifference([[peak(2), peak(3)]], grid).samePeak, 0);
    assert.equal(mapDifference([[peak(0), peak(4)], [peak(0), peak(2)]], grid).samePeak, 0.5); // prettier-ignore
  });

  it('is the mean over patches and maps of how far heights lie apart', () => {
    const a = Float32Array.of(0, 0, 0, 0, 0, 1);
    const b = Float32Array.of(0, 0.5, 0, 0, 0.25, 1);
    assertNear([mapDifference([[a, a], [a, b]], grid).mean], [0.75 / 12], 1e-7); // prettier-ignore
  });

  it('takes a constant map as flat', () => {
    const flat = new Float32Array(6).fill(7);
    assert.equal(mapDifference([[flat, flat]], grid).mean, 0);
  });
});
