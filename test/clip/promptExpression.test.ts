import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { parsePrompt, PromptError } from '../../src/protocol/promptExpression';

describe('prompt expressions', () => {
  it('are words unless a sign joins them', () => {
    for (const text of ['dog', 'a photo of a dog.', 'C++', 'A+ grade', 'a+b', '+1 dog']) {
      assert.deepEqual(parsePrompt(`  ${text} `), { kind: 'word', members: [text] });
    }
  });

  it('join synonyms with a bar anywhere, and a combination with a plus that stands alone', () => {
    assert.deepEqual(parsePrompt('sofa|couch | settee'), { kind: 'synonyms', members: ['sofa', 'couch', 'settee'] });
    assert.deepEqual(parsePrompt('person + bench'), { kind: 'combination', members: ['person', 'bench'] });
    assert.deepEqual(parsePrompt('C++ + A+ grade\t+ dog').members, ['C++', 'A+ grade', 'dog']);
  });

  it('name each member once; what is left alone is a word', () => {
    assert.deepEqual(parsePrompt('dog | puppy | dog'), { kind: 'synonyms', members: ['dog', 'puppy'] });
    assert.deepEqual(parsePrompt('dog + dog'), { kind: 'word', members: ['dog'] });
  });

  for (const [text, message] of [
    ['', /is empty/],
    [' \t', /is empty/],
    ['a | b + c', /"a \| b \+ c" mixes \| and \+/],
    ['a |', /on both sides of \|/],
    ['| a', /on both sides of \|/],
    ['a || b', /on both sides of \|/],
    ['person +', /on both sides of \+/],
    ['+ bench', /on both sides of \+/],
    ['a + + b', /on both sides of \+/],
    ['+', /on both sides of \+/],
  ] as const) {
    it(`refuse ${JSON.stringify(text)} in one sentence`, () => {
      assert.throws(
        () => parsePrompt(text),
        (error: unknown) => error instanceof PromptError && message.test(error.message) && !!error.hint,
      );
    });
  }

  it('give the members back that were joined', () => {
    const word = fc.stringMatching(/^[a-z]+( [a-z+]*[a-z])?$/);
    const words = fc.uniqueArray(word, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(words, fc.constantFrom(' | ', '|', ' + '), (members, sign) => {
        const kind = sign === ' + ' ? 'combination' : 'synonyms';
        assert.deepEqual(parsePrompt(members.join(sign)), { kind, members });
      }),
    );
  });
});
