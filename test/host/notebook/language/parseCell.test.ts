import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCell } from '../../../../src/host/notebook/language/parseCell';

const known = { models: ['demo', 'vit-b-16'] };
const usual = { methods: ['clip-surgery'], aspect: 'squash' };

/** The marked text of each problem, and its message. */
function problems(text: string): [string, string][] {
  return parseCell(text, known).problems.map(({ start, end, message }) => [text.slice(start, end), message]);
}

function request(text: string) {
  const parsed = parseCell(text, known);
  assert.deepEqual(parsed.problems, [], text);
  return parsed.request;
}

describe('parseCell', () => {
  it('reads all keys', () => {
    const text = [
      'image: scenes/harbour.png # a comment',
      'prompts: [a red circle, "a, b", 3]',
      'method: [clip-surgery, raw]',
      'size: 512',
      'aspect: keep',
      'templates: none',
      'model: vit-b-16',
      'threshold: 0.25',
    ].join('\n');
    assert.deepEqual(request(text), {
      images: ['scenes/harbour.png'],
      prompts: ['a red circle', 'a, b', '3'],
      methods: ['clip-surgery', 'raw'],
      side: 512,
      aspect: 'keep',
      templates: 'none',
      model: 'vit-b-16',
      threshold: 0.25,
    });
  });

  it('fills in what is left out', () => {
    assert.deepEqual(request('image: a.png'), { images: ['a.png'], ...usual });
  });

  it('reads lists of pictures, and wildcards', () => {
    for (const [text, images] of [
      ['images: [a.png, b c.png]', ['a.png', 'b c.png']],
      ['images:\n  - a.png\n  - b.png', ['a.png', 'b.png']],
      ['images: scenes/*.png', ['scenes/*.png']],
      ['images: *.png', ['*.png']],
      ['images: [*.png, b.jpg]', ['*.png', 'b.jpg']],
      ['image: *.png', ['*.png']],
      ["images: '*.png'", ['*.png']],
    ] as const) {
      assert.deepEqual(request(text)?.images, images, text);
    }
  });

  it('takes words alone as prompts about the picture above', () => {
    for (const text of [
      '- a cat\n- a dog',
      '[a cat, a dog]',
      'a cat\na dog',
      'a cat, a dog',
      'a cat,\na dog,\n',
      '# pets\na cat # the first\n\na dog\n',
      '["a cat", \'a dog\']',
      '"a cat, a dog"',
      'a cat\r\na dog\r\n',
      '---\n- a cat\n- a dog',
    ]) {
      assert.deepEqual(request(text), { prompts: ['a cat', 'a dog'], ...usual }, text);
    }
  });

  it('reads prompts in one line', () => {
    assert.deepEqual(request('prompts: a cat, a dog')?.prompts, ['a cat', 'a dog']);
    assert.deepEqual(request('prompts: [1, 2.50, on, null, 0x10]')?.prompts, ['1', '2.50', 'on', 'null', '0x10']);
    assert.deepEqual(request('a: &x\n'.replace(/.*\n/s, 'prompts: [&x a cat]'))?.prompts, ['a cat']);
  });

  it('has nothing to say about an empty cell', () => {
    for (const text of ['', ' \n', '# only\n# comments']) assert.deepEqual(parseCell(text, known), { problems: [] });
  });

  const wrong: [text: string, marked: string, message: RegExp][] = [
    ['image: a.png\nmetod: raw', 'metod', /no key “metod”\. Did you mean method\?/],
    ['image: a.png\nPrompts: [a]', 'Prompts', /Did you mean prompts\?/],
    ['words: [a]', 'words', /Did you mean prompts\?/],
    ['xyzzy: 1', 'xyzzy', /There are: image, images,/],
    ['method: clip-surgry', 'clip-surgry', /Did you mean clip-surgery\?/],
    ['method: [raw, gradcam]', 'gradcam', /one of clip-surgery, architecture-surgery, feature-surgery, raw/],
    ['method: [raw, raw]', 'raw', /twice/],
    ['method: []', '[]', /one of/],
    ['model: demos', 'demos', /Did you mean demo\?/],
    ['aspect: square', 'square', /squash/],
    ['templates: all', 'all', /none \| photo \| openai \| clip-surgery/],
    ['size: 4096', '4096', /from 1 to 2048/],
    ['size: native', 'native', /number of pixels/],
    ['size: 0', '0', /number of pixels/],
    ['size: 51.5', '51.5', /number of pixels/],
    ['size: [512]', '[512]', /number of pixels/],
    ['threshold: 1.5', '1.5', /from 0 to 1/],
    ['threshold: .nan', '.nan', /from 0 to 1/],
    ['threshold: .inf', '.inf', /from 0 to 1/],
    ['threshold: 1e999', '1e999', /from 0 to 1/],
    ['prompts: [a, b, a]', 'a', /“a” is given twice/],
    ['prompts: [a, "", b]', '""', /list of words/],
    ['prompts: []', '[]', /list of words/],
    ['prompts: a,,b', ',', /before this comma/],
    ['prompts: [a, [b]]', '[b]', /list of words/],
    ['prompts: {a: b}', '{a: b}', /list of words/],
    ['prompts:\nimage: a.png', ':', /list of words/],
    ['prompts: [*none]', '*none', /quotes/],
    ['image: [a.png]', '[a.png]', /one picture/],
    ['image:', ':', /one picture/],
    ['images: {a: b}', '{a: b}', /list of paths/],
    ['[1]: a', '[1]', /A key is expected/],
    ['size: 5\nsize: 6', 'size', /twice/],
    ['image: !!binary aaaa', 'aaaa', /Tags have no meaning|one picture/],
    ['image: !x a.png', 'a.png', /Tags have no meaning/],
    ['image:a.png', 'image:a.png', /space is expected after the colon/],
    ['- a\n- a', 'a', /twice/],
    ['a cat\na cat', 'a cat', /twice/],
  ];
  for (const [text, marked, message] of wrong) {
    it(`underlines what is wrong in ${JSON.stringify(text)}`, () => {
      const found = problems(text);
      assert.ok(
        found.some(([part, sentence]) => part === marked && message.test(sentence)),
        JSON.stringify(found),
      );
      assert.equal(parseCell(text, known).request, undefined);
    });
  }

  const unreadable: [text: string, marked: RegExp, message: RegExp][] = [
    ['prompts: [a, b', /b$/, /closed with \]/],
    ['prompts: [a, b\nsize: 512', /./, /closed with \]/],
    ['image: "a.png', /./, /quotes are opened/],
    ['{image: a.png', /./, /closed with \}/],
    ['\timage: a.png', /^\t|./, /tabs/],
    ['image: a: b', /a/, /Only one key/],
    ['image: @b', /@/, /begins with @/],
    ['image: a.png\na cat', /a cat/, /A key with a colon/],
    ['"a", "b"', /"b"|, "b"/, /stand in a list/],
    ['prompts: [a,,b]', /,/, /between two commas/],
    ['prompts:\n   - a\n  - b', /./, /indented alike/],
    ['image: a.png\n---\nimage: b.png', /./, /cell of its own/],
  ];
  for (const [text, marked, message] of unreadable) {
    it(`says in plain words what cannot be read in ${JSON.stringify(text)}`, () => {
      const found = problems(text);
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.match(found[0]![0], marked);
      assert.match(found[0]![1], message);
    });
  }

  it('tells mistakes before the place where reading ends', () => {
    assert.deepEqual(
      problems('metod: raw\nprompts: [a').map(([marked]) => marked),
      ['metod', 'a'],
    );
  });

  it('warns without refusing', () => {
    for (const [text, message] of [
      ['image: a.png\nimages: [b.png]', /Both image and images/],
      ['image: a.png\naspect:', /aspect has no value/],
      ['image: a.png\nmethod:', /method has no value/],
      ['image', /as a key/],
      ['a.png', /image: a\.png/],
    ] as const) {
      const parsed = parseCell(text, known);
      assert.ok(parsed.request, text);
      assert.deepEqual(
        parsed.problems.map(({ severity }) => severity),
        ['warning'],
      );
      assert.match(parsed.problems[0]!.message, message);
    }
    const both = parseCell('images: [b.png]\nimage: a.png', known);
    assert.deepEqual(both.request?.images, ['a.png', 'b.png']);
  });

  it('bounds what a cell can ask for', () => {
    const list = (count: number) => `[${Array.from({ length: count }, (_, i) => `w${i}`).join(', ')}]`;
    assert.equal(request(`prompts: ${list(1000)}`)?.prompts?.length, 1000);
    assert.match(problems(`prompts: ${list(1001)}`)[0]![1], /at most 1000/);
    assert.match(problems(`prompts: ${list(1001).slice(1, -1)}`)[0]![1], /at most 1000/);
    assert.match(problems(list(1001))[0]![1], /at most 1000/);
    assert.match(problems(`images: ${list(10_001)}`)[0]![1], /at most 10000/);
  });

  it('survives bombs', () => {
    const start = performance.now();
    const laughs = Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`);
    for (const text of [
      `a0: &a0 [x]\n${laughs.join('\n')}\nprompts: *a20`,
      `image: &a a.png\nimages: [${'*a, '.repeat(9999)}*a]`,
      '['.repeat(100_000),
      '- '.repeat(20_000),
      `prompts: ${'{a: '.repeat(50_000)}`,
      'a: b\n'.repeat(20_000),
      ','.repeat(50_000),
      '&a [*a]',
    ]) {
      assert.ok(parseCell(text, known).problems.length > 0, text.slice(0, 20));
    }
    assert.ok(performance.now() - start < 20_000);
  });

  it('never throws, and every problem has a place in the text', () => {
    const part = fc.constantFrom(
      ...[
        'image',
        'prompts',
        'method',
        ': ',
        ':',
        '- ',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
        ',',
        '\n',
        '  ',
        '#',
        '&a',
        '*a',
      ],
      ...[
        '!!str',
        '!x',
        '|',
        '>',
        '%',
        '@',
        '---',
        '...',
        '? ',
        '<<',
        'a',
        '1',
        '\t',
        '\r\n',
        '\\',
        '\u0000',
        '\ud800',
      ],
    );
    const soup = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (text) => {
        for (const { start, end, message } of parseCell(text, known).problems) {
          assert.ok(0 <= start && start < end && end <= text.length, `${start}..${end} of ${text.length}`);
          assert.match(message, /^\S.*[.?…”]$/s);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
