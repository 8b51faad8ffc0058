import { strict as assert } from 'node:assert';
import type { ImageEncoder } from '../../src/clip/architecture';
import { METHODS } from '../../src/clip/methods';

const { image } = METHODS['clip-surgery'];
const transformer = (layers: number): ImageEncoder => ({
  kind: 'vision', layers, width: 64, heads: 1, hidden: 256, activation: 'gelu', epsilon: 1e-5,
  embed: 32, patch: 16, nativeGrid: 14,
}); // prettier-ignore

describe('blocks of surgery', () => {
  it('are six as published, or all where there are fewer', () => {
    assert.deepEqual(
      [24, 12, 6, 4].map((layers) => image.blocks(transformer(layers), undefined)),
      [6, 6, 6, 4],
    );
  });

  it('are as many as asked for, and never more than there are', () => {
    assert.equal(image.blocks(transformer(10), 10), 10);
    assert.throws(() => image.blocks(transformer(10), 11), { message: /of 11 blocks needs as many.* has 10/ });
  });

  it('are none without architecture surgery', () => {
    assert.equal(METHODS.raw.image.blocks(transformer(12), 6), 0);
  });
});
