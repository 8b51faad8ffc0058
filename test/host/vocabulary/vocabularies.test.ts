import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { addPrompts, setActive } from '../../../src/host/vocabulary/file/edits';
import type { Vocabularies } from '../../../src/host/vocabulary/vocabularies';
import { activate } from '../notebook/notebooks';
import { answering, closeAll, next, ownVocabularies, shownText, typeInto, VocabularyPlace } from './support';

const PETS = '{ "active": "pets", "vocabularies": { "pets": ["dog", "cat"] } }\n';

describe('Vocabularies', () => {
  const place = new VocabularyPlace();
  let vocabularies: Vocabularies;

  before(activate);
  beforeEach(() => (vocabularies = ownVocabularies()));
  afterEach(async () => {
    vocabularies.dispose();
    await closeAll();
  });
  after(() => place.remove());

  const words = async () => (await vocabularies.active()).prompts.map(({ text }) => text);
  const changed = () => next(vocabularies.onDidChange, 'a change of the vocabulary');

  /** What `active` answers after the change that `make` brings. */
  async function wordsAfter(make: () => unknown): Promise<string[]> {
    const change = changed();
    await make();
    await change;
    return words();
  }

  /** The same where watching outside of the workspace begins some time after it is asked for. */
  async function wordsAfterAll(make: () => void): Promise<string[]> {
    const again = setInterval(make, 200);
    return wordsAfter(make).finally(() => clearInterval(again));
  }

  describe('answer', () => {
    it('the model’s own words without a file', async () => {
      await place.reset();
      const { name, prompts, distractors, templates } = await vocabularies.active();
      assert.deepEqual([name, distractors, templates], ['demo', [], undefined]);
      assert.deepEqual(prompts, [{ text: 'red circle' }, { text: 'blue square' }]);
    });

    it('prompts with what is said about them, and negatives apart', async () => {
      const cat = { text: 'cat', label: 'Cat', color: '#cc0000', group: 'animals' };
      const pets = ['dog', cat, { text: 'grass', negative: true }];
      await place.reset(JSON.stringify({ active: 'pets', vocabularies: { pets } }));
      const active = await vocabularies.active();
      assert.deepEqual(active.prompts, [{ text: 'dog' }, cat]);
      assert.deepEqual(active.distractors, ['grass']);
    });

    it('a built-in vocabulary that the file names but does not hold', async () => {
      await place.reset('{ "active": "pascal-voc-20" }');
      assert.equal((await words()).length, 20);
    });

    it('the model’s own words where nobody knows the named vocabulary', async () => {
      for (const name of ['nothing', '__proto__', 'constructor']) {
        await place.reset(JSON.stringify({ active: name }));
        assert.equal((await ownVocabularies().active()).name, 'demo', name);
      }
    });

    it('the vocabulary of the file before a built-in one of the same name', async () => {
      await place.reset('{ "vocabularies": { "demo": ["a star"] } }');
      assert.deepEqual(await words(), ['a star']);
    });

    it('the template set in use, with its sentences where it is one’s own', async () => {
      const templateSets = { sketches: ['a sketch of a {}.'] };
      for (const [templates, expected] of [
        ['openai', 'openai'],
        ['sketches', { name: 'sketches', templates: templateSets.sketches }],
        ['unknown', undefined],
        [undefined, undefined],
      ] as const) {
        await place.reset(JSON.stringify({ templates, templateSets }));
        assert.deepEqual((await ownVocabularies().active()).templates, expected);
      }
    });

    it('as if there were no file where it is too large', async () => {
      await place.reset(`{ "vocabularies": { "demo": ["dog"] } }${' '.repeat(2_000_001)}`);
      assert.deepEqual(await words(), ['red circle', 'blue square']);
    });
  });

  describe('follow', () => {
    it('a file that is created, changed, broken by a merge, repaired and deleted', async () => {
      await place.reset();
      assert.deepEqual(await words(), ['red circle', 'blue square']);
      assert.deepEqual(await wordsAfterAll(() => place.write(PETS)), ['dog', 'cat']);
      assert.deepEqual(await wordsAfter(() => place.write(PETS.replace('cat', 'bird'))), ['dog', 'bird']);
      const ours = `<<<<<<< HEAD\n${PETS}=======\n${PETS.replace('dog', 'fish')}>>>>>>> theirs\n`;
      const none = vocabularies.onDidChange(() => assert.fail('a broken file changes nothing'));
      place.write(ours);
      await new Promise((resolve) => setTimeout(resolve, 500));
      none.dispose();
      assert.deepEqual(await words(), ['dog', 'bird'], 'the last good one stays');
      assert.deepEqual(await wordsAfter(() => place.write(PETS.replace('dog', 'fish'))), ['fish', 'cat']);
      assert.deepEqual(await wordsAfter(() => rmSync(place.uri.fsPath)), ['red circle', 'blue square']);
    });

    it('what is typed, before it is saved; and no longer, once it is thrown away', async () => {
      await place.reset(PETS);
      assert.deepEqual(await words(), ['dog', 'cat']);
      assert.deepEqual(await wordsAfter(() => typeInto(place.uri, PETS.replace('cat', 'bird'))), ['dog', 'bird']);
      assert.equal(place.text, PETS, 'nothing is saved');
      assert.deepEqual(await wordsAfter(closeAll), ['dog', 'cat']);
    });

    it('a file that is deleted while an editor shows it', async () => {
      await place.reset(PETS);
      await vscode.window.showTextDocument(place.uri);
      assert.deepEqual(await words(), ['dog', 'cat']);
      assert.deepEqual(await wordsAfterAll(() => place.write(PETS.replace('cat', 'bird'))), ['dog', 'bird']);
      assert.deepEqual(await wordsAfter(() => rmSync(place.uri.fsPath)), ['red circle', 'blue square']);
    });

    it('silently what makes no difference: comments, spaces, vocabularies that are not in use', async () => {
      await place.reset(PETS);
      await words();
      let changes = 0;
      vocabularies.onDidChange(() => changes++);
      await typeInto(place.uri, `// a comment\n${PETS}`);
      const listed = next(vocabularies.onDidChangeList, 'a change of the list');
      await typeInto(place.uri, PETS.replace('{ "pets"', '{ "other": ["x"], "pets"'));
      await listed;
      assert.deepEqual(await words(), ['dog', 'cat']);
      assert.equal(changes, 0);
      assert.deepEqual(await wordsAfter(() => typeInto(place.uri, PETS.replace('dog', 'fish'))), ['fish', 'cat']);
      assert.equal(changes, 1);
    });

    it('the setting', async () => {
      await place.reset(PETS);
      assert.deepEqual(await words(), ['dog', 'cat']);
      const elsewhere = '{ "vocabularies": { "demo": ["elsewhere"] } }';
      assert.deepEqual(await wordsAfter(() => place.reset(elsewhere)), ['elsewhere']);
    });
  });

  it('tell of a change while the first answer is made', async () => {
    await place.reset('{}');
    let answer!: (words: string[]) => void;
    const slow = new Promise<string[]>((resolve) => (answer = resolve));
    const own = ownVocabularies({ words: () => slow });
    const change = next(own.onDidChange, 'a change of the vocabulary');
    const first = own.active();
    await own.templateSets();
    await answering({}, () => own.edit(setActive('coco-80')));
    answer(['red circle']);
    assert.equal((await first).name, 'demo');
    await change;
    assert.equal((await own.active()).name, 'coco-80');
    own.dispose();
  });

  describe('with a model that cannot say its words', () => {
    const mute = () => ownVocabularies({ words: () => Promise.reject(new Error('no engine')) });

    it('fail only where these are in use', async () => {
      await place.reset();
      for (const ask of ['active', 'inUse', 'list'] as const) await assert.rejects(mute()[ask](), /no engine/);
      await place.reset(PETS);
      assert.equal((await mute().active()).name, 'pets');
      assert.equal((await mute().inUse()).name, 'pets');
      const names = (await mute().list()).map(({ name }) => name);
      assert.deepEqual(names, ['pets', 'pascal-context-59', 'coco-80', 'pascal-voc-20']);
    });
  });

  describe('are edited', () => {
    it('through the document, which is saved where it was before', async () => {
      await place.reset(`// ours\n${PETS}`);
      await vocabularies.edit(addPrompts('pets', [{ text: 'bird' }]));
      assert.deepEqual(await words(), ['dog', 'cat', 'bird']);
      assert.match(place.text!, /^\/\/ ours\n[^]*"bird"/);
    });

    it('without saving what somebody types', async () => {
      await place.reset(PETS);
      await typeInto(place.uri, PETS.replace('dog', 'fish'));
      await vocabularies.edit(addPrompts('pets', [{ text: 'bird' }]));
      assert.deepEqual(await words(), ['fish', 'cat', 'bird']);
      assert.equal(place.text, PETS);
      assert.ok((await vscode.workspace.openTextDocument(place.uri)).isDirty);
    });

    it('in turn, however quickly the edits come', async () => {
      await place.reset(PETS);
      await Promise.all(['a', 'b', 'c'].map((text) => vocabularies.edit(addPrompts('pets', [{ text }]))));
      assert.deepEqual(await words(), ['dog', 'cat', 'a', 'b', 'c']);
    });

    it('not where the file is broken or too large; it stays as it is', async () => {
      for (const text of [`<<<<<<< HEAD\n${PETS}`, '{ "active": ', '[]', ' '.repeat(2_000_001)]) {
        await place.reset(text);
        await assert.rejects(vocabularies.edit(setActive('demo')), /broken|larger/);
        assert.equal(place.text, text);
      }
    });

    it('in a new file, which is told once', async () => {
      await place.reset();
      const { messages } = await answering({}, async () => {
        await vocabularies.edit(addPrompts('demo', [{ text: 'a star' }], (await vocabularies.active()).prompts));
        await vocabularies.edit(addPrompts('demo', [{ text: 'a heart' }]));
      });
      assert.equal(messages.length, 1);
      assert.match(messages[0]!, /^The vocabulary is now kept in “.*clip-vocabulary.json”\.$/);
      assert.deepEqual(await words(), ['red circle', 'blue square', 'a star', 'a heart']);
      assert.match(await shownText(place.uri), /^\/\/ /, 'a comment says what the file is');
    });
  });

  describe('leave prompts out for a while', () => {
    it('and the file stays as it is', async () => {
      await place.reset(PETS);
      await words();
      assert.deepEqual(await wordsAfter(() => vocabularies.leaveOut('pets', ['dog'], true)), ['cat']);
      assert.equal(place.text, PETS);
      const [pets] = await vocabularies.list();
      assert.deepEqual([pets!.prompts.length, [...pets!.leftOut]], [2, ['dog']]);
      assert.deepEqual(await wordsAfter(() => vocabularies.leaveOut('pets', ['dog'], false)), ['dog', 'cat']);
    });

    it('in that vocabulary only', async () => {
      await place.reset('{ "active": "a", "vocabularies": { "a": ["dog"], "b": ["dog"] } }');
      await vocabularies.leaveOut('b', ['dog'], true);
      assert.deepEqual(await words(), ['dog']);
    });

    it('until they are removed', async () => {
      await place.reset(PETS);
      await words();
      await vocabularies.leaveOut('pets', ['dog'], true);
      await wordsAfter(() => typeInto(place.uri, PETS.replace('cat', 'bird').replace('"dog", ', '')));
      assert.deepEqual(await wordsAfter(() => typeInto(place.uri, PETS)), ['dog', 'cat']);
    });

    it('also of a built-in vocabulary', async () => {
      await place.reset();
      await vocabularies.leaveOut('demo', ['red circle'], true);
      assert.deepEqual(await words(), ['blue square']);
    });
  });

  it('list those of the file, then the built-in ones that it does not hold', async () => {
    await place.reset('{ "active": "b", "vocabularies": { "b": [], "a": ["x"], "coco-80": ["mine"] } }');
    const listed = (await vocabularies.list()).map(
      ({ name, prompts, isActive, isBuiltIn }) => `${name} ${prompts.length} ${isActive} ${isBuiltIn}`,
    );
    assert.deepEqual(listed, [
      'b 0 true false',
      'a 1 false false',
      'coco-80 1 false false',
      'demo 2 false true',
      'pascal-context-59 59 false true',
      'pascal-voc-20 20 false true',
    ]);
  });
});
