import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseVocabularyFile } from '../../src/host/vocabulary/file/parseVocabularyFile';
import { MOST_PROMPTS } from '../../src/host/vocabulary/file/words';
import { fileText } from './arbitraryFile';

/** What is wrong, as `severity "place in the text": message`. */
function problemsOf(text: string, knownNames?: readonly string[]): readonly string[] {
  const { problems } = parseVocabularyFile(text, knownNames);
  return problems.map(({ start, end, severity, message }) => `${severity} ${text.slice(start, end)}: ${message}`);
}

const inPets = (entries: string) => `{ "vocabularies": { "pets": [${entries}] } }`;
const promptsOf = (entries: string) => parseVocabularyFile(inPets(entries)).file?.vocabularies.get('pets');

describe('parseVocabularyFile', () => {
  it('reads all that a file can say', () => {
    const text = `\ufeff// Comments and a comma at the end are fine.
      {
        "active": "pets", /* as are fields of newer versions */ "$schema": "x",
        "templates": "own",
        "templateSets": { "own": ["a  sketch of a {}."] },
        "vocabularies": {
          "pets": ["dog | puppy", { "text": " a  cat ", "label": "Cat", "color": "#C00", "group": "g", "negative": false }],
          "__proto__": [{ "text": "grass", "negative": true, "note": 1 }],
          "none": [],
        },
      }`;
    assert.deepEqual(parseVocabularyFile(text, []), {
      file: {
        active: 'pets',
        templates: 'own',
        templateSets: new Map([['own', ['a sketch of a {}.']]]),
        vocabularies: new Map([
          ['pets', [{ text: 'dog | puppy' }, { text: 'a cat', label: 'Cat', color: '#cc0000', group: 'g' }]],
          ['__proto__', [{ text: 'grass', negative: true }]],
          ['none', []],
        ]),
      },
      problems: [],
    });
  });

  it('takes a blank text for an empty file', () => {
    for (const text of ['', ' \r\n', '\ufeff']) {
      const file = { templateSets: new Map(), vocabularies: new Map() };
      assert.deepEqual(parseVocabularyFile(text), { file, problems: [] });
    }
  });

  it('says where a text is no JSON, and gives no file', () => {
    const notJson = 'The file is not valid JSON here: until it is, the words that it last held stay in use.';
    for (const [text, place] of [
      ['{ "active" "a" }', '"a"'],
      ['{ "active": a }', 'a'],
      ['{} x', 'x'],
      ['{', '{'],
      ['// nothing', 'g'],
      ['['.repeat(100_000), '['],
    ] as const) {
      assert.deepEqual(problemsOf(text), [`error ${place}: ${notJson}`], text.slice(0, 80));
      assert.equal(parseVocabularyFile(text).file, undefined);
    }
  });

  it('knows a merge conflict', () => {
    const text = '{\r\n<<<<<<< HEAD\r\n  "active": "a"\r\n=======\r\n  "active": "b"\r\n>>>>>>> other\r\n}';
    const [problem, ...others] = problemsOf(text);
    assert.match(problem!, /^error <<<<<<< HEAD: This file has a merge conflict: keep /);
    assert.deepEqual([others, parseVocabularyFile(text).file], [[], undefined]);
  });

  it('gives no file for JSON that is no object', () => {
    assert.deepEqual(problemsOf('["dog"]'), [
      'error ["dog"]: A vocabulary file is an object in braces, such as { "vocabularies": {} }.',
    ]);
    assert.equal(parseVocabularyFile('["dog"]').file, undefined);
  });

  for (const [title, entries, prompts, ...problems] of [
    ['an entry that is none', '5, "dog", {}', ['dog'], /^error 5: A prompt is a text /, /^error {}: A prompt is /],
    ['empty texts', '"", { "text": " " }, "dog"', ['dog'], /^error "": .* empty/, /^error " ": .* empty/],
    ['control characters', '"a\\u0007", "dog"', ['dog'], /^error "a\\u0007": .* control characters/],
    ['what cannot be read as a prompt', '"a | b + c", "dog"', ['dog'], /^error "a \| b \+ c": .*mixes/],
    ['long texts', `"${'x'.repeat(301)}", "dog"`, ['dog'], /at most 300 characters/],
    [
      'the same text twice',
      '"red  cat", "dog", { "text": " red cat", "label": "x" }, "a red cat"',
      ['red cat', 'dog', 'a red cat'],
      /^warning { "text": " red cat".*}: "red cat" is in this vocabulary already/,
    ],
  ] as const) {
    it(`leaves out ${title}, and says so`, () => {
      assert.deepEqual(
        promptsOf(entries),
        prompts.map((text) => ({ text })),
      );
      const found = problemsOf(inPets(entries));
      assert.equal(found.length, problems.length, found.join('\n'));
      problems.forEach((problem, i) => assert.match(found[i]!, problem));
    });
  }

  it('keeps a prompt without the fields that cannot be used', () => {
    const entry = '{ "text": "dog", "label": "", "color": "red", "group": 1, "negative": "yes" }';
    assert.deepEqual(promptsOf(entry), [{ text: 'dog' }]);
    assert.deepEqual(
      problemsOf(inPets(entry)).map((problem) => problem.slice(0, 18)),
      ['error "": A "label', 'error "red": A "co', 'error 1: A "group"', 'error "yes": "nega'],
    );
  });

  it('uses the first thousand prompts, and says where that ends', () => {
    const words = Array.from({ length: 10_000 }, (_, i) => `"word ${i}"`).join(', ');
    assert.equal(promptsOf(words)?.length, MOST_PROMPTS);
    assert.deepEqual(problemsOf(inPets(words)), [
      'warning "word 1000": A vocabulary has at most 1000 prompts: from here on they are not used.',
    ]);
  });

  it('leaves out templates that cannot be used', () => {
    const text =
      '{ "templateSets": { "own": ["a photo", "the {}"], "empty": [], "bad": [1], "photo": ["{}"], "": ["{}"] } }';
    const { file } = parseVocabularyFile(text);
    assert.deepEqual(file?.templateSets, new Map([['own', ['the {}']]]));
    assert.deepEqual(
      problemsOf(text).map((problem) => problem.slice(0, 30)),
      [
        'error "a photo": A template is',
        'error []: A template set needs',
        'error 1: A template is a sente',
        'error "photo": "photo" is a bu',
        'error "": A name cannot be emp',
      ],
    );
  });

  it('keeps the rest where something has the wrong type', () => {
    const text =
      '{ "active": 1, "templates": " ", "templateSets": [], "vocabularies": { "a": "x", " ": [], "b": ["y"] } }';
    const { file } = parseVocabularyFile(text);
    assert.deepEqual(file, { templateSets: new Map(), vocabularies: new Map([['b', [{ text: 'y' }]]]) });
    assert.deepEqual(problemsOf(text), [
      'error 1: "active" is a name in quotes.',
      'error " ": "templates" is a name in quotes.',
      'error []: "templateSets" is an object in braces: lists by name.',
      'error "x": "a" is a list in brackets.',
      'error " ": A name cannot be empty or contain control characters.',
    ]);
  });

  it('warns of names that nobody knows', () => {
    const text = '{ "active": "x", "templates": "y" }';
    const { file } = parseVocabularyFile(text);
    assert.deepEqual([file?.active, file?.templates], ['x', undefined]);
    const templates = 'warning "y": There is no template set "y": the usual one is used.';
    assert.deepEqual(problemsOf(text), [templates]);
    assert.deepEqual(problemsOf(text, ['x']), [templates]);
    assert.deepEqual(problemsOf(text, ['demo']), ['warning "x": There is no vocabulary "x".', templates]);
    assert.deepEqual(problemsOf('{ "active": "coco-80", "templates": "photo" }', []), []);
  });

  it('takes the last of fields with the same name, as JSON does', () => {
    const text =
      '{ "active": "a", "active": "b", "vocabularies": { "b": ["x"], "b": [{ "text": "y", "text": "z" }] } }';
    const { file } = parseVocabularyFile(text);
    assert.deepEqual([file?.active, file?.vocabularies], ['b', new Map([['b', [{ text: 'z' }]]])]);
    assert.deepEqual(
      problemsOf(text),
      ['active', 'b', 'text'].map((key) => `warning "${key}": "${key}" comes again below: only the last one counts.`),
    );
  });

  it('never throws, and every problem is at a place in the text', () => {
    const cut = fc.tuple(fileText, fc.nat(), fc.string()).map(([text, at, other]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + other + text.slice(place + other.length);
    });
    fc.assert(
      fc.property(fc.oneof(cut, fc.string(), fc.json()), (text) => {
        for (const { start, end } of parseVocabularyFile(text, []).problems) {
          assert.ok(0 <= start && start < end && end <= text.length, `${start}..${end} of ${text.length}`);
        }
      }),
      { numRuns: 500 },
    );
  });
});
