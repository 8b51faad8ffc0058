import { strict as assert } from 'node:assert';
import { paced } from '../../src/engine/job';

describe('what happens often', () => {
  it('is told the first time, and then once in each interval', () => {
    let time = 1000;
    const isToBeTold = paced(50, () => time);
    const told = [0, 10, 49, 50, 60, 99, 100, 400, 401].filter((after) => {
      time = 1000 + after;
      return isToBeTold();
    });
    assert.deepEqual(told, [0, 50, 100, 400]);
  });
});
