import fc from 'fast-check';
import type { Prompt } from '../../src/host/vocabulary/file/prompt';

/** Few, so that they meet; some are traps for plain objects. */
export const NAMES = ['pets', 'a "b"', '__proto__', 'constructor', 'über'] as const;
export const TEXTS = ['dog', 'cat', 'a red circle', 'sofa | couch', 'person + bench', '"quoted"', 'é // no comment'];
export const name = fc.constantFrom(...NAMES);
export const text = fc.constantFrom(...TEXTS);
export const texts = fc.uniqueArray(text);

export const prompt: fc.Arbitrary<Prompt> = fc
  .record(
    { label: fc.constantFrom('L', '/* l */'), color: fc.constant('#aa00cc'), group: text, negative: fc.constant(true) },
    { requiredKeys: [], noNullPrototype: true },
  )
  .chain((rest) => text.map((said) => ({ text: said, ...rest })));
export const prompts = fc.uniqueArray(prompt, { selector: ({ text }) => text });

/** Between two values; every comment gets a number of its own later. */
const trivia = fc.constantFrom(
  '',
  ' ',
  '\n  ',
  '\n\n\t',
  ' // #\n   ',
  '/* # */',
  ' /* #\n */\n',
  '\n  // #\n  // #\n  ',
);

function list(brackets: string, item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const items = fc.array(fc.tuple(trivia, item, trivia), { maxLength: 7 });
  return fc.tuple(items, trivia, fc.boolean()).map(([all, end, endsInComma]) => {
    const comma = endsInComma && all.length > 0 ? ',' : '';
    return brackets[0]! + all.map((parts) => parts.join('')).join(',') + comma + end + brackets[1]!;
  });
}

function field(key: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(key, trivia, value).map(([said, between, json]) => `${JSON.stringify(said)}:${between}${json}`);
}

const loose = text.map((said) => JSON.stringify(said.replace(' ', '  ')));
const object = prompt.chain((fields) =>
  fc
    .tuple(...Object.entries(fields).map(([key, value]) => field(fc.constant(key), fc.constant(JSON.stringify(value)))))
    .map((all) => `{${all.join(', ')}}`),
);
/** Also what cannot be used, and what a newer version may write. */
const entry = fc.oneof(
  loose,
  object,
  fc.constantFrom('5', '" "', '{ "text": "cat", "text": "dog", "new": [1] }', 'null'),
);
const vocabularies = list('{}', field(name, list('[]', entry)));
const templateSets = list('{}', field(fc.constantFrom('own', '__proto__'), fc.constant('["a {}."]')));
const anyField = fc.oneof(
  { weight: 3, arbitrary: field(fc.constant('vocabularies'), vocabularies) },
  field(
    fc.constant('active'),
    name.map((said) => JSON.stringify(said)),
  ),
  field(fc.constant('templates'), fc.constantFrom('"photo"', '"own"')),
  field(fc.constant('templateSets'), templateSets),
  field(fc.constant('$schema'), fc.constant('"x"')),
);

/** Vocabulary files as people, merges and other programs may leave them; also blank ones. */
export const fileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('', '\n', '\ufeff') },
  {
    weight: 20,
    arbitrary: fc
      .tuple(trivia, list('{}', anyField), trivia, fc.constantFrom('\n', '\r\n', '\r'))
      .map(([start, file, end, lineBreak]) => numbered(start + file + end).replaceAll('\n', lineBreak)),
  },
);

function numbered(source: string): string {
  let count = 0;
  return source.replace(/(?<=\/[/*] )#/g, () => `#${++count}`);
}
