import assert from 'node:assert/strict';
import fc from 'fast-check';
import { WordLooks } from '../../webview/camView/wordLooks';

const ORANGE = '#e69f00';
const BLUE = '#56b4e9';
const words = fc.uniqueArray(fc.constantFrom<string[]>(...'abcdefgh'), { maxLength: 8 });
const color = fc.constantFrom<string[]>(ORANGE, BLUE, '#009e73', '#123456', '#CC0000', 'red', '#fff', 'url(x)');

describe('looks of words', () => {
  it('tell words apart and stay the same while words come and go', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const looks = new WordLooks();
        looks.assign(before);
        const first = new Map(before.map((word) => [word, looks.colorOf(word)]));
        looks.assign(after);
        const colors = after.map((word) => looks.colorOf(word));
        assert.equal(new Set(colors).size, colors.length);
        for (const word of after) if (first.has(word)) assert.equal(looks.colorOf(word), first.get(word));
      }),
    );
  });

  it('never hand out a colour that another word brings, and take no other notation', () => {
    fc.assert(
      fc.property(words, fc.uniqueArray(fc.tuple(fc.constantFrom<string[]>('a', 'b', 'c'), color)), (shown, given) => {
        const looks = new WordLooks();
        looks.assign(shown);
        looks.give(given.map(([word, one]) => [word, { color: one }]));
        looks.assign(shown);
        const last = new Map(given);
        const isTaken = (one: string | undefined) => one !== undefined && /^#[\da-f]{6}$/i.test(one);
        const taken = new Map([...last].filter(([word, one]) => shown.includes(word) && isTaken(one)));
        for (const word of shown) {
          const own = taken.get(word)?.toLowerCase();
          if (own) assert.equal(looks.colorOf(word), own);
          else {
            assert.match(looks.colorOf(word), /^#[\da-f]{6}$/);
            assert.ok(![...taken.values()].includes(looks.colorOf(word)), looks.colorOf(word));
          }
        }
      }),
    );
  });

  it('use the least used colour where there are more words than colours', () => {
    const looks = new WordLooks();
    const many = Array.from({ length: 17 }, (_, i) => `word ${i}`);
    looks.assign(many);
    assert.equal(looks.colorOf('word 0'), ORANGE);
    assert.equal(looks.colorOf('word 8'), ORANGE);
    looks.assign([...many.slice(0, 3), ...many.slice(4), 'new']);
    assert.equal(looks.colorOf('new'), '#cc79a7', 'that of the word which went');
  });

  it('call a word by its label, and by its text where that is none', () => {
    const looks = new WordLooks();
    looks.give([
      ['a', { label: 'Alpha' }],
      ['b', { label: '  ' }],
      ['c', { label: 7 as unknown as string }],
    ]);
    assert.deepEqual(
      [...'abcd'].map((word) => looks.labelOf(word)),
      ['Alpha', 'b', 'c', 'd'],
    );
    looks.give([]);
    assert.equal(looks.labelOf('a'), 'a');
  });
});
