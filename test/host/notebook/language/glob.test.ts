import assert from 'node:assert/strict';
import { isGlob, matchesGlob, splitGlob } from '../../../../src/host/notebook/language/glob';

describe('wildcards', () => {
  it('fit names', () => {
    for (const [pattern, yes, no] of [
      ['*.png', ['a.png', '.png'], ['a.jpg', 'a.png.txt']],
      ['a?.png', ['ab.png', 'aé.png'], ['a.png', 'abc.png']],
      ['[a-c]*.{png,jpg}', ['b1.png', 'c.jpg'], ['d.png', 'a.gif']],
      ['[!a]*', ['b'], ['a', 'ab']],
      ['**', ['a', 'b.png'], []],
      ['a.b', ['a.b'], ['axb']],
    ] as const) {
      for (const name of yes) assert.ok(matchesGlob(name, pattern), `${name} ${pattern}`);
      for (const name of no) assert.ok(!matchesGlob(name, pattern), `${name} ${pattern}`);
    }
  });

  it('are told from names, and split', () => {
    assert.ok(isGlob('scenes/*.png') && isGlob('{a,b}.png') && !isGlob('scenes/a.png') && !isGlob('a].png'));
    assert.deepEqual(splitGlob('../a/b*/c.png'), { folder: '../a', pattern: 'b*/c.png' });
    assert.deepEqual(splitGlob('*.png'), { folder: '', pattern: '*.png' });
  });

  it('take no time on hostile patterns', () => {
    const start = performance.now();
    assert.ok(!matchesGlob('a'.repeat(255), `${'*a'.repeat(120)}b`));
    matchesGlob('a', '{a,b}'.repeat(50));
    assert.ok(performance.now() - start < 2000);
  });
});
