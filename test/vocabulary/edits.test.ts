import assert from 'node:assert/strict';
import * as edits from '../../src/host/vocabulary/file/edits';
import { parseVocabularyFile } from '../../src/host/vocabulary/file/parseVocabularyFile';

/** The vocabulary of a file that holds one. */
function pets(...lines: readonly string[]): string {
  return ['{', '    "vocabularies": {', '        "pets": [', ...lines, '        ]', '    }', '}', ''].join('\n');
}

const animals = [
  '            // animals',
  '            "dog", // barks',
  '            "cat", /* meows */',
  '',
  '            // plants',
  '            { "text": "oak", "label": "Oak" }, // tall',
  '            "elm" // old',
];

const cases: [title: string, before: string, edit: edits.VocabularyEdit, after: string][] = [
  [
    'adds behind the comment of the last one, and indents as the file does',
    pets(...animals),
    edits.addPrompts('pets', [{ text: 'fir' }, { text: ' a  red fox ', color: '#cc0000', negative: true }]),
    pets(
      ...animals.slice(0, 6),
      '            "elm", // old',
      '            "fir",',
      '            { "text": "a red fox", "color": "#cc0000", "negative": true }',
    ),
  ],
  [
    'adds in a line where the others are in one',
    '{ "vocabularies": { "pets": ["dog", "cat"] } }',
    edits.addPrompts('pets', [{ text: 'fox' }], undefined, 0),
    '{ "vocabularies": { "pets": ["fox", "dog", "cat"] } }',
  ],
  [
    'adds in front of a comma behind the last one, with Windows line breaks and tabs',
    '{\r\n\t"vocabularies": {\r\n\t\t"pets": [],\r\n\t},\r\n}',
    edits.addPrompts('pets', [{ text: 'fox' }]),
    '{\r\n\t"vocabularies": {\r\n\t\t"pets": [\r\n\t\t\t"fox"\r\n\t\t],\r\n\t},\r\n}',
  ],
  [
    'removes with the comments of the prompt, and keeps a heading of several',
    pets(...animals),
    edits.removePrompts('pets', ['dog', 'elm']),
    pets(
      '            // animals',
      '            "cat", /* meows */',
      '',
      '            // plants',
      '            { "text": "oak", "label": "Oak" } // tall',
    ),
  ],
  [
    'removes the comment of the last prompt in front of an empty line',
    pets('            "dog",', '            // purrs', '            "cat",', '', '            "oak"'),
    edits.removePrompts('pets', ['cat']),
    pets('            "dog",', '', '            "oak"'),
  ],
  [
    'removes all',
    pets('            "dog"'),
    edits.removePrompts('pets', ['dog']),
    pets('').replace('[\n\n        ]', '[]'),
  ],
  [
    'renames in place',
    pets(...animals),
    edits.renamePrompt('pets', 'oak', 'oak | quercus'),
    pets(...animals.map((line) => line.replace('"oak"', '"oak | quercus"'))),
  ],
  [
    'moves with the comment behind, and leaves the heading',
    pets(...animals),
    edits.movePrompts({ from: 'pets', texts: ['dog', 'elm'], to: 'pets', before: 'oak' }),
    pets(
      '            // animals',
      '            "cat", /* meows */',
      '            "dog", // barks',
      '            "elm", // old',
      '',
      '            // plants',
      '            { "text": "oak", "label": "Oak" } // tall',
    ),
  ],
  [
    'breaks a line where a comment would swallow the rest',
    '{"vocabularies": {"a": [\n  "x", // one\n  "y"\n], "b": ["z"]}}',
    edits.movePrompts({ from: 'a', texts: ['x'], to: 'b', before: 'z' }),
    '{"vocabularies": {"a": [\n  "y"\n], "b": ["x", // one\n "z"]}}',
  ],
  [
    'sets what is new between what stays',
    pets(...animals),
    edits.setPrompts('pets', [{ text: 'dog' }, { text: 'fox' }, { text: 'oak' }, { text: 'elm' }]),
    pets(...animals.slice(0, 2), '            "fox",', ...animals.slice(3)),
  ],
  [
    'puts the active one first',
    pets(...animals),
    edits.setActive('pets'),
    pets(...animals).replace('{', '{\n    "active": "pets",'),
  ],
  [
    'deletes with the comment above',
    '{\n  "active": "a",\n  "vocabularies": {\n    // About a.\n    "a": ["x"],\n    // About b.\n    "b": ["y"]\n  }\n}',
    edits.deleteVocabulary('a'),
    '{\n  "active": "b",\n  "vocabularies": {\n    // About b.\n    "b": ["y"]\n  }\n}',
  ],
  [
    'keeps no comment of a vocabulary that is deleted',
    '{\n  "vocabularies": {\n    // About a.\n    "a": ["x"],\n    "b": ["y"]\n  }\n}',
    edits.deleteVocabulary('a'),
    '{\n  "vocabularies": {\n    "b": ["y"]\n  }\n}',
  ],
  [
    'renames the active one there too',
    '{ "active": "a", "vocabularies": { "a": [] } }',
    edits.renameVocabulary('a', 'b'),
    '{ "active": "b", "vocabularies": { "b": [] } }',
  ],
  [
    'takes the templates away',
    '{\n  "active": "a",\n  "templates": "photo"\n}',
    edits.setTemplates(undefined),
    '{\n  "active": "a"\n}',
  ],
  [
    'starts with what is built in',
    '{\n  "vocabularies": {\n  }\n}\n',
    edits.removePrompts('demo', ['b'], [{ text: 'a' }, { text: 'b' }]),
    '{\n  "vocabularies": {\n    "demo": [\n      "a"\n    ]\n  }\n}\n',
  ],
  [
    'makes a whole file',
    '\n',
    edits.addPrompts('demo', [{ text: 'b' }], [{ text: 'a' }]),
    [
      '// The words that CLIP Surgery looks for in pictures.',
      '{',
      '  "active": "demo",',
      '  "vocabularies": {',
      '    "demo": [',
      '      "a",',
      '      "b"',
      '    ]',
      '  }',
      '}',
      '',
    ].join('\n'),
  ],
];

describe('edits of a vocabulary file', () => {
  for (const [title, before, edit, after] of cases) {
    it(title, () => assert.equal(edits.applyEdits(before, edit(before)), after));
  }

  it('are of the lines that change alone', () => {
    const before = pets(...animals).replaceAll('\n', '\r\n');
    const [edit, ...others] = edits.renamePrompt('pets', 'cat', 'kitten')(before);
    assert.deepEqual(others, []);
    assert.equal(before.slice(edit!.offset, edit!.offset + edit!.length), '            "cat", /* meows */\r\n');
    assert.equal(edit!.content, '            "kitten", /* meows */\r\n');
  });

  it('are none where nothing changes', () => {
    const nothing = [
      edits.addPrompts('pets', [{ text: 'cat' }]),
      edits.removePrompts('pets', ['fox']),
      edits.removePrompts('unknown', ['dog']),
      edits.renamePrompt('pets', 'fox', 'wolf'),
      edits.movePrompts({ from: 'pets', texts: ['fox'], to: 'unknown' }),
      edits.deleteVocabulary('unknown'),
      edits.renameVocabulary('unknown', 'known'),
    ];
    for (const edit of nothing) assert.deepEqual(edit(pets(...animals)), []);
    assert.deepEqual(edits.deleteVocabulary('unknown')(''), []);
  });

  it('are refused where mistakes are in the way', () => {
    const refused = /cannot be edited: correct its mistakes first\.$/;
    for (const text of ['{', '[]', '// nothing', '{ "vocabularies": [] }', '{ "vocabularies": { "pets": "dog" } }']) {
      assert.throws(() => edits.addPrompts('pets', [{ text: 'cat' }])(text), refused, text);
    }
  });

  it('do not give two vocabularies the same name', () => {
    const text = '{ "vocabularies": { "a": ["x"], "b": ["y"] } }';
    assert.throws(() => edits.renameVocabulary('a', 'b')(text), /already a vocabulary "b"/);
  });

  it('write a thousand prompts into a vocabulary, and set them anew', () => {
    const words = Array.from({ length: 1000 }, (_, i) => ({ text: `word ${i}` }));
    const text = edits.applyEdits('', edits.putVocabulary('many', words)(''));
    const reversed = edits.applyEdits(text, edits.setPrompts('many', words.toReversed())(text));
    assert.deepEqual(parseVocabularyFile(reversed).file?.vocabularies.get('many'), words.toReversed());
  });
});
