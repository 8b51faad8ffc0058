import { strict as assert } from 'node:assert';
import { featureSurgery } from '../../src/clip/explanation/featureSurgery';
import { redundancyFor } from '../../src/clip/explanation/redundancy';
import { classScores } from '../../src/clip/explanation/score';
import { unitRows } from '../../src/clip/explanation/unitRows';
import { positionsFor } from '../../src/clip/graph/positions';
import { parsePrompt } from '../../src/protocol/promptExpression';
import { compared } from '../fixtures/compared';
import { assertNear } from '../fixtures/near';

describe('hidden reference words', () => {
  const reference = ['red circle', 'blue square', 'green star'];
  const words = (...texts: string[]) => texts.map(parsePrompt);

  it('join below eight prompts, without the prompts themselves', () => {
    assert.deepEqual(redundancyFor(words('A Red circle', 'dog'), reference), {
      rule: 'reference-words',
      words: ['blue square', 'green star'],
    });
  });

  it('stay away from a single prompt and from eight', () => {
    assert.deepEqual(redundancyFor(words('dog'), reference), { rule: 'empty-string', words: [] });
    assert.deepEqual(redundancyFor(words(...'abcdefgh'), reference), { rule: 'prompts', words: [] });
  });

  it('count classes, not members, and leave out every member', () => {
    assert.deepEqual(redundancyFor(words('dog | puppy | hound'), reference), { rule: 'empty-string', words: [] });
    assert.deepEqual(redundancyFor(words('disc | red circle', 'dog + the blue square'), reference).words, [
      'green star',
    ]);
    assert.equal(redundancyFor(words('a | b', 'c | d', 'e | f', 'g + h')).rule, 'reference-words');
  });

  it('are the 59 words of PASCAL Context where a model has none of its own', () => {
    assert.equal(redundancyFor(words('zebra', 'lion')).words.length, 59);
    assert.equal(redundancyFor(words('a cat', 'the dog')).words.length, 57);
  });
});

describe('feature surgery', () => {
  const tokens = unitRows(Float32Array.from([1, 2, 3, 0, 1, 1, 2, 0, 1]), 3);
  const texts = unitRows(Float32Array.from([1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1, 3]), 3);

  it('of all labels adds up to zero at every patch', () => {
    const maps = featureSurgery(compared({ tokens, texts, width: 3 }));
    for (const patch of [0, 1]) {
      assert.ok(Math.abs([0, 1, 2, 3].reduce((sum, t) => sum + maps[t * 2 + patch]!, 0)) < 1e-6);
    }
  });

  it('shows the same map for a label whether others are shown or hidden', () => {
    const all = featureSurgery(compared({ tokens, texts, width: 3 }));
    const some = featureSurgery(compared({ tokens, texts, width: 3, shown: 2 }));
    assert.deepEqual([...some], [...all.subarray(0, 4)]);
  });
});

describe('scores', () => {
  it('are shares of the shown prompts', () => {
    const scores = classScores([[0.3], [0.2], [0.1]], undefined, 10);
    assertNear(scores, [0.66524, 0.24473, 0.09003], 1e-5);
  });

  it('compare a single prompt with the empty one', () => {
    assertNear(classScores([[0.3]], 0.2, 10), [1 / (1 + Math.exp(-1))], 1e-9);
  });

  it('are the highest share among the synonyms of a class', () => {
    // Of the same softmax as above, so the scores add up to less than 1.
    assertNear(classScores([[0.1, 0.3], [0.2]], undefined, 10), [0.66524, 0.24473], 1e-5);
    assertNear(classScores([[0.1, 0.3]], 0.2, 10), [0.66524], 1e-5);
  });

  it('do not know the empty prompt where there are several', () => {
    assert.deepEqual(classScores([[0.3], [0.2]], 0.9, 10), classScores([[0.3], [0.2]], undefined, 10));
  });
});

describe('positional embeddings', () => {
  const stored = Float32Array.from([9, 0, 1, 2, 3]); // class token, then 2 x 2

  it('of the native grid are used as they are', () =>
    assert.equal(positionsFor(stored, 1, { rows: 2, cols: 2 }), stored));

  it('follow a grid that is not square', () => {
    assertNear(positionsFor(stored, 1, { rows: 1, cols: 4 }), [9, 1, 1.25, 1.75, 2], 1e-6);
  });
});
