import assert from 'node:assert/strict';
import { progressText, sizeText } from '../../../src/host/models/sizes';

describe('sizes of models', () => {
  it('are given with three digits at most', () => {
    const sizes = [0, 391, 999_000, 3_714_394, 9_990_000, 10_000_000, 602_916_000, 1_710_540_000];
    assert.deepEqual(sizes.map(sizeText), [
      ...['0 kB', '1 kB', '999 kB', '3.7 MB', '10.0 MB', '10 MB', '603 MB', '1.71 GB'],
    ]);
  });

  it('come with speed and time left once these are known', () => {
    const begun = { file: 'model.safetensors', done: 80e6, total: 603e6 };
    assert.equal(progressText(begun), '80 MB of 603 MB');
    const left = (secondsLeft: number) => progressText({ ...begun, bytesPerSecond: 5.2e6, secondsLeft });
    assert.equal(left(0.2), '80 MB of 603 MB · 5.2 MB/s · 1 s left');
    assert.match(left(59), / 59 s left$/);
    assert.match(left(61), / 2 min left$/);
    assert.match(left(3_600), / 1 h 0 min left$/);
    assert.match(left(9_000), / 2 h 30 min left$/);
  });
});
