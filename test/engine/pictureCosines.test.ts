import { strict as assert } from 'node:assert';
import { PictureCosines } from '../../src/engine/pictureCosines';
import { noise } from '../../src/engine/selfTest/samples';
import { cosine } from '../fixtures/compared';
import { assertNear } from '../fixtures/near';

const WIDTH = 96;
const TOKENS = 37;
const tokens = () => noise(TOKENS * WIDTH, 1, 1);
const texts = (count: number) => Array.from({ length: count }, (_, t) => noise(WIDTH, 0.3 + (t % 5), 2 + t));

describe('cosines of a picture with words', () => {
  for (const count of [1, 64, 65, 150]) {
    it(`are those of each token with each of ${count} words, of any length`, async () => {
      const [picture, words] = [tokens(), texts(count)];
      for (const [t, row] of (await new PictureCosines().of(picture, words)).entries()) {
        const expected = Array.from({ length: TOKENS }, (_, i) =>
          cosine(picture.subarray(i * WIDTH, (i + 1) * WIDTH), words[t]!),
        );
        assertNear(row, expected, 1e-6);
      }
    });
  }

  it('are the same to the last bit whatever other words there are, and wherever among them', async () => {
    const [picture, words] = [tokens(), texts(70)];
    const alone = await new PictureCosines().of(picture, [words[5]!]);
    const among = await new PictureCosines().of(picture, [...words].reverse());
    assert.deepEqual(among[64], alone[0]);
  });

  it('are remembered: of known words the same objects come back, also when a word is named twice', async () => {
    const [picture, words] = [tokens(), texts(3)];
    const cosines = new PictureCosines();
    const first = await cosines.of(picture, words.slice(0, 2));
    const [again, fresh, twice] = await cosines.of(picture, [words[1]!, words[2]!, words[2]!]);
    assert.equal(again, first[1]);
    assert.equal(fresh, twice);
    assert.notEqual((await cosines.of(tokens(), words))[1], first[1], 'another picture has its own');
  });

  it('are 0 where there is nothing to compare, and none for no words', async () => {
    assertNear((await new PictureCosines().of(tokens(), [new Float32Array(WIDTH)]))[0]!, new Float32Array(TOKENS), 0);
    assert.deepEqual(await new PictureCosines().of(tokens(), []), []);
  });
});
