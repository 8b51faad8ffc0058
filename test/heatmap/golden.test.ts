import assert from 'node:assert/strict';
import { normalise, range } from '../../src/heatmap/scale';
import { upsample } from '../../src/heatmap/upsample';
import { describeGolden, readNpy } from '../fixtures/golden';

describeGolden('heat maps against the published code', () => {
  it('min-max and bilinear upsampling give the similarity maps of the reference', () => {
    const sim = readNpy('tiny_vit/sim_32.npy');
    const expected = readNpy('tiny_vit/simmap_32_53x75.npy');
    const [, tokens, labels] = sim.shape as [number, number, number];
    const side = Math.sqrt(tokens - 1);
    assert.deepEqual(expected.shape, [1, 53, 75, labels]);
    for (let label = 0; label < labels; label++) {
      // Token 0 is the class token.
      const values = Float32Array.from({ length: tokens - 1 }, (_, t) => sim.data[(t + 1) * labels + label]!);
      const map = upsample(normalise(values, range(values)), { rows: side, cols: side }, 75, 53);
      let worst = 0;
      map.forEach((value, i) => (worst = Math.max(worst, Math.abs(value - expected.data[i * labels + label]!))));
      // float32 on both sides, the order of the sums differs
      assert.ok(worst < 1e-6, `label ${label}: ${worst}`);
    }
  });
});
