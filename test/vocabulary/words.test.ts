import assert from 'node:assert/strict';
import contextWords from '../../src/protocol/pascalContext.json';
import { BUILT_IN } from '../../src/host/vocabulary/file/builtIn';
import { promptProblem, splitPrompts, wordsOfFile } from '../../src/host/vocabulary/file/words';

describe('words', () => {
  it('come from a file, one prompt per line', () => {
    const text = '\ufeffdog\r\n  # a comment\r\nsofa,  couch , sofa\r\n\r\n dog \nC#\r a  red   cat\n,\n';
    assert.deepEqual(wordsOfFile(text), ['dog', 'sofa | couch', 'C#', 'a red cat']);
  });

  it('are separated by commas where they are typed', () => {
    assert.deepEqual(splitPrompts(' dog, a  cat,, dog ,\tsofa | couch,'), ['dog', 'a cat', 'sofa | couch']);
    assert.deepEqual(splitPrompts(' , '), []);
  });

  for (const [title, text, problem] of [
    ['blank', ' \t', /empty/],
    ['with a control character', 'a\u0000b', /control characters/],
    ['with half a character', 'a\ud83d', /control characters/],
    ['longer than any sentence', 'x'.repeat(301), /at most 300 characters/],
    ['of synonyms and a combination', 'a | b + c', /mixes | and \+/],
    ['with an empty member', 'a | | b', /both sides/],
  ] as const) {
    it(`are no prompt: ${title}`, () => assert.match(promptProblem(text) ?? '', problem));
  }

  it('are prompts otherwise', () => {
    for (const text of ['dog', ' a  red\ncat ', 'sofa | couch', 'person + bench', 'C++', '猫', '🐕', 'x'.repeat(300)]) {
      assert.equal(promptProblem(text), undefined, text);
    }
  });
});

describe('BUILT_IN', () => {
  it('holds the classes of the data sets, each a prompt of its own', () => {
    const sizes = [...BUILT_IN].map(([name, words]) => [name, new Set(words).size]);
    assert.deepEqual(sizes, [
      ['pascal-context-59', 59],
      ['coco-80', 80],
      ['pascal-voc-20', 20],
    ]);
    assert.equal(BUILT_IN.get('pascal-context-59'), contextWords);
    for (const word of [...BUILT_IN.values()].flat()) assert.equal(promptProblem(word), undefined, word);
  });
});
