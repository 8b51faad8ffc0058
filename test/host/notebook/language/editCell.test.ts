import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ASPECTS, METHOD_NAMES } from '../../../../src/protocol/explanation';
import type { CellRequest } from '../../../../src/host/notebook/language/cell';
import { updateCell, writeCell, type CellChange } from '../../../../src/host/notebook/language/editCell';
import { parseCell } from '../../../../src/host/notebook/language/parseCell';

const known = { models: ['demo', 'vit-b-16'] };
const usual = { methods: ['clip-surgery'], aspect: 'squash' } as const;

const word = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      'a, b',
      'a: b',
      '- a',
      '#x',
      'a #b',
      '"',
      "it's",
      '*.png',
      '&a',
      '!x',
      '[1]',
      'null',
      '3',
      '~',
      '---',
      'é\n\n ü',
    ),
  )
  .map((text) => text.trim())
  .filter((text) => text !== '');
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 8 });
const methods = fc.uniqueArray(fc.constantFrom(...METHOD_NAMES), { minLength: 1 });
const side = fc.option(fc.integer({ min: 1, max: 2048 }), { nil: undefined });
const request: fc.Arbitrary<CellRequest> = fc
  .record(
    {
      images: words,
      prompts: words,
      side: fc.integer({ min: 1, max: 2048 }),
      templates: fc.constantFrom('none', 'clip-surgery'),
      model: fc.constantFrom(...known.models),
      threshold: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => Math.abs(value)),
    },
    { requiredKeys: [] },
  )
  .chain((rest) => fc.record({ methods, aspect: fc.constantFrom(...ASPECTS) }).map((main) => ({ ...rest, ...main })));

describe('writeCell', () => {
  it('writes what does not go without saying, in a stable order', () => {
    const all: CellRequest = {
      threshold: 0.5,
      model: 'demo',
      templates: 'none',
      aspect: 'keep',
      side: 512,
      methods: ['raw', 'clip-surgery'],
      prompts: ['a red circle', 'a star'],
      images: ['a.png', 'b.png'],
    };
    assert.equal(
      writeCell(all),
      [
        'images: [a.png, b.png]',
        'prompts: [a red circle, a star]',
        'method: [raw, clip-surgery]',
        'size: 512',
        'aspect: keep',
        'templates: none',
        'model: demo',
        'threshold: 0.5',
      ].join('\n'),
    );
    assert.equal(writeCell({ images: ['a.png'], ...usual }), 'image: a.png');
    assert.equal(writeCell({ images: ['scenes/*.png'], ...usual }), 'images: scenes/*.png');
  });

  it('breaks long lists into lines', () => {
    const prompts = Array.from({ length: 12 }, (_, i) => `the word number ${i}`);
    assert.equal(writeCell({ prompts, ...usual }), ['prompts:', ...prompts.map((text) => `  - ${text}`)].join('\n'));
  });

  it('quotes only where it is needed', () => {
    const prompts = ['a cat', 'a, b', 'c: d', '*x', '7'];
    assert.equal(writeCell({ prompts, ...usual }), 'prompts: [a cat, "a, b", "c: d", "*x", "7"]');
  });

  it('writes what is read again', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const text = writeCell(asked);
        assert.deepEqual(parseCell(text, known), { request: asked, problems: [] }, text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('updateCell', () => {
  const cases: [title: string, before: string, change: Partial<CellChange>, after: string][] = [
    [
      'keeps comments, spaces, and the other keys',
      '# the harbour\nimage:   "a.png"     # first\nprompts: [ a,  b ] # words\n\nthreshold: 0.50\n# end',
      { prompts: ['a', 'c'] },
      '# the harbour\nimage:   "a.png"     # first\nprompts: [ a, c ] # words\n\nthreshold: 0.50\n# end',
    ],
    ['leaves alone what is the same', 'prompts: [ a,   "b" ]\n', { prompts: ['a', 'b'] }, 'prompts: [ a,   "b" ]\n'],
    [
      'keeps the comments of entries',
      'prompts:\n  - a # one\n  # about b\n  - b # two\n  - c\nsize: 5',
      { prompts: ['a', 'x', 'c', 'd'], side: 5 },
      'prompts:\n  - a # one\n  # about b\n  - x # two\n  - c\n  - d\nsize: 5',
    ],
    [
      'moves entries with their comments',
      'prompts:\n- a # one\n- b # two\nimage: a.png\n',
      { prompts: ['b', 'a'] },
      'prompts:\n- b # two\n- a # one\nimage: a.png\n',
    ],
    ['keeps words in a line', 'prompts: a, b # x', { prompts: ['a', 'c'] }, 'prompts: a, c # x'],
    ['quotes where a comma comes', 'prompts: a, b', { prompts: ['a, b', 'c'] }, 'prompts: ["a, b", c]'],
    [
      'adds keys in their usual order',
      'image: a.png\nthreshold: 0.5 # half',
      { prompts: ['a'], methods: ['raw'], side: 384, aspect: 'keep' },
      'image: a.png\nprompts: [a]\nmethod: raw\nsize: 384\naspect: keep\nthreshold: 0.5 # half',
    ],
    ['adds keys at the start', 'size: 5\n', { prompts: ['a'], side: 5 }, 'prompts: [a]\nsize: 5\n'],
    [
      'takes the size away',
      'image: a.png\nsize: 512 # large\nprompts: [a]',
      { prompts: ['a'] },
      'image: a.png\nprompts: [a]',
    ],
    [
      'changes methods and the aspect',
      'image: a.png\nmethod: raw # plain\naspect: keep',
      { methods: ['clip-surgery', 'raw'] },
      'image: a.png\nmethod: [clip-surgery, raw] # plain\naspect: squash',
    ],
    ['fills in a key without a value', 'image: a.png\nmethod:\n', { methods: ['raw'] }, 'image: a.png\nmethod: raw\n'],
    ['keeps Windows line breaks', 'image: a\r\nsize: 5', { methods: ['raw'] }, 'image: a\r\nmethod: raw'],
    ['keeps a star that is no alias', 'images: *.png\n', { methods: ['raw'] }, 'images: *.png\nmethod: raw\n'],
    ['edits in braces', '{image: a.png, size: 5}', { prompts: ['a'] }, '{image: a.png, prompts: [a]}'],
    ['edits a block of text', 'prompts: |\n  a\nimage: b.png', { prompts: ['c'] }, 'prompts: [c]\nimage: b.png'],
    ['leaves the prompts out', 'image: a.png', {}, 'image: a.png'],
    ['keeps lines of words', 'a\nb # two\n', { prompts: ['a', 'c'] }, 'a\nc # two\n'],
    ['keeps words with commas', '# hi\na, b', { prompts: ['a', 'b', 'c'] }, '# hi\na, b, c'],
    ['makes a list of words that need quotes', 'a, b', { prompts: ['a, b', 'c'] }, '["a, b", c]'],
    ['keeps a list', '- a # one\n- b\n', { prompts: ['a', 'c', 'd'] }, '- a # one\n- c\n- d\n'],
    ['keeps a list in brackets', '[a, b] # two', { prompts: ['a'] }, '[a] # two'],
    ['gives words a key when settings come', 'a, b', { prompts: ['a'], side: 512 }, 'prompts: [a]\nsize: 512'],
    [
      'gives a list a key when settings come',
      '# hi\n- a # one\n- b',
      { prompts: ['a', 'c'], methods: ['raw'] },
      '# hi\nprompts:\n- a # one\n- c\nmethod: raw',
    ],
    ['fills an empty cell', '', { prompts: ['a', 'b'] }, '[a, b]'],
  ];
  for (const [title, before, change, after] of cases) {
    it(title, () => assert.equal(updateCell(before, { ...usual, ...change }), after));
  }

  it('says so where the source cannot be read', () => {
    assert.throws(() => updateCell('prompts: [a', { ...usual, prompts: ['b'] }), /mistakes first/);
  });

  it('asks for what was wanted, and keeps the rest', () => {
    const change = fc.record({ prompts: words, methods, side, aspect: fc.constantFrom(...ASPECTS) });
    fc.assert(
      fc.property(request, change, (before, { side, ...others }) => {
        const wanted = { ...others, ...(side !== undefined && { side }) };
        const text = updateCell(writeCell(before), wanted);
        const rest = { ...before };
        delete (rest as { side?: number }).side;
        assert.deepEqual(parseCell(text, known).request, { ...rest, ...wanted }, text);
      }),
      { numRuns: 300 },
    );
  });

  it('changes bare words into any others', () => {
    fc.assert(
      fc.property(words, words, fc.constantFrom('[', '-', ','), (before, prompts, style) => {
        const quoted = before.map((text) => JSON.stringify(text.replace(/[\ud800-\udfff\u2028\u2029]/g, '')));
        const text =
          style === '['
            ? `[${quoted.join(', ')}]`
            : style === '-'
              ? quoted.map((w) => `- ${w} # c`).join('\n')
              : 'x, y';
        if (!parseCell(text, known).request) return;
        assert.deepEqual(parseCell(updateCell(text, { ...usual, prompts }), known).request, { prompts, ...usual });
      }),
      { numRuns: 300 },
    );
  });
});
