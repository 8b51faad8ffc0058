import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parseVocabularyFile } from '../../../src/host/vocabulary/file/parseVocabularyFile';
import { activate } from '../notebook/notebooks';
import { answering, closeAll, shownText, typeInto, undo, VocabularyPlace, type Answers } from './support';

const PETS = `// the animals of the house
{
  "active": "pets",
  "vocabularies": {
    "pets": ["dog", { "text": "cat", "label": "Cat" }], // two of them
    "cars": ["sedan"]
  }
}
`;

describe('The vocabulary’s commands', () => {
  const place = new VocabularyPlace();

  before(activate);
  beforeEach(() => place.reset(PETS));
  afterEach(closeAll);
  after(() => place.remove());

  const run = (command: string, answers: Answers = {}) =>
    answering(answers, () => vscode.commands.executeCommand(`clipSurgery.${command}`));

  async function file() {
    return parseVocabularyFile(await shownText(place.uri)).file!;
  }

  async function words(vocabulary = 'pets'): Promise<string[] | undefined> {
    return (await file()).vocabularies.get(vocabulary)?.map(({ text }) => text);
  }

  /** The text as it is saved; then that one undo takes all of it back. */
  async function undone(): Promise<void> {
    assert.equal(place.text, await shownText(place.uri), 'saved');
    assert.notEqual(place.text, PETS);
    assert.match(place.text, /^\/\/ the animals of the house\n/);
    await undo(place.uri);
    assert.equal(await shownText(place.uri), PETS);
  }

  describe('Add Prompt…', () => {
    it('adds several, separated by commas', async () => {
      await run('addPrompts', { input: 'sofa | couch,  red   hat , dog,' });
      assert.deepEqual(await words(), ['dog', 'cat', 'sofa | couch', 'red hat']);
      await undone();
    });

    it('says while one types what is wrong, and what is there already', async () => {
      for (const input of ['a | b + c', 'bird, a | | b', '\u0007', 'x'.repeat(301)]) {
        const { problem } = await run('addPrompts', { input });
        assert.equal(typeof problem, 'string', JSON.stringify(input));
      }
      const { problem } = await run('addPrompts', { input: 'dog' });
      assert.deepEqual(problem, {
        message: '“dog” is in this vocabulary already.',
        severity: vscode.InputBoxValidationSeverity.Info,
      });
      assert.equal(place.text, PETS);
    });

    it('fills a vocabulary to its limit, no further', async () => {
      const full = Array.from({ length: 999 }, (_, i) => `word ${i}`);
      await place.reset(JSON.stringify({ vocabularies: { demo: full } }));
      const { problem } = await run('addPrompts', { input: 'one, too many' });
      assert.equal(problem, 'A vocabulary has at most 1000 prompts.');
      await run('addPrompts', { input: 'one, word 1' });
      assert.equal((await words('demo'))!.length, 1000);
    });

    it('changes nothing when it is given up', async () => {
      await run('addPrompts');
      assert.equal(place.text, PETS);
    });

    it('leaves what is typed in the file unsaved', async () => {
      await typeInto(place.uri, PETS.replace('dog', 'wolf'));
      await run('addPrompts', { input: 'bird' });
      assert.deepEqual(await words(), ['wolf', 'cat', 'bird']);
      assert.equal(place.text, PETS);
      await undo(place.uri);
      assert.deepEqual(await words(), ['wolf', 'cat']);
    });

    it('creates the file with the built-in words, says so, and undo deletes it', async () => {
      await place.reset();
      const { messages } = await run('addPrompts', { input: 'a star shape' });
      assert.equal(messages.length, 1);
      const prompts = (await words('demo'))!;
      assert.ok(prompts.length > 2, 'the words of the model');
      assert.equal(prompts.at(-1), 'a star shape');
      await undo(place.uri);
      assert.equal(place.text, undefined);
    });

    it('leaves a broken file alone, and says so', async () => {
      const broken = `<<<<<<< HEAD\n${PETS}`;
      await place.reset(broken);
      const { messages } = await run('addPrompts', { input: 'bird' });
      assert.deepEqual(messages, ['“clip-vocabulary.json” is broken: correct it in the editor first.']);
      assert.equal(place.text, broken);
    });
  });

  it('Remove Prompts… removes all that are chosen', async () => {
    const { items } = await run('removePrompts', { pick: ['dog', 'cat'] });
    assert.deepEqual(
      items[0]!.map(({ label, description }) => [label, description]),
      [
        ['dog', undefined],
        ['cat', 'Cat'],
      ],
    );
    assert.deepEqual(await words(), []);
    await undone();
  });

  it('Rename Prompt… keeps what is said about it', async () => {
    await run('renamePrompt', { pick: 'cat', input: ' black  cat ' });
    assert.deepEqual((await file()).vocabularies.get('pets'), [{ text: 'dog' }, { text: 'black cat', label: 'Cat' }]);
    await undone();
    const { problem } = await run('renamePrompt', { pick: 'cat', input: 'dog' });
    assert.equal(problem, '“dog” is in this vocabulary already.');
  });

  it('Switch Vocabulary… shows which is in use and how many prompts each has', async () => {
    const { items } = await run('switchVocabulary', { pick: 'cars' });
    const rows = items[0]!.map(({ label, description, iconPath }) => [
      (iconPath as vscode.ThemeIcon).id,
      label,
      description,
    ]);
    assert.deepEqual(rows.slice(0, 2), [
      ['check', 'pets', '2 prompts · in use'],
      ['blank', 'cars', '1 prompt'],
    ]);
    assert.ok(rows.some(([, label, description]) => label === 'coco-80' && description === '80 prompts · built-in'));
    assert.equal((await file()).active, 'cars');
    await undone();
  });

  it('Switch Vocabulary… takes a built-in one without copying it', async () => {
    await run('switchVocabulary', { pick: 'coco-80' });
    assert.equal((await file()).active, 'coco-80');
    assert.equal(await words('coco-80'), undefined);
    await undone();
  });

  it('New Vocabulary… begins an empty one and uses it', async () => {
    await run('newVocabulary', { input: ' __proto__ ' });
    assert.deepEqual([(await file()).active, await words('__proto__')], ['__proto__', []]);
    await undone();
    for (const input of ['pets', 'coco-80', '  ']) {
      assert.equal(typeof (await run('newVocabulary', { input })).problem, 'string', input);
    }
  });

  it('Duplicate Vocabulary… copies one and uses it', async () => {
    await run('duplicateVocabulary', { pick: 'pets', input: 'more pets' });
    const { active, vocabularies } = await file();
    assert.equal(active, 'more pets');
    assert.deepEqual(vocabularies.get('more pets'), vocabularies.get('pets'));
    await undone();
  });

  it('Rename Vocabulary… keeps it in use', async () => {
    await run('renameVocabulary', { pick: 'pets', input: 'animals' });
    assert.deepEqual([(await file()).active, await words('animals')], ['animals', ['dog', 'cat']]);
    await undone();
  });

  it('Delete Vocabulary… asks nothing more', async () => {
    const { items } = await run('deleteVocabulary', { pick: 'pets' });
    assert.deepEqual(
      items[0]!.map(({ label }) => label),
      ['pets', 'cars'],
      'built-in ones stay',
    );
    assert.deepEqual([...(await file()).vocabularies.keys()], ['cars']);
    await undone();
  });

  it('Rename and Delete say where there are only built-in vocabularies', async () => {
    await place.reset();
    for (const command of ['renameVocabulary', 'deleteVocabulary']) {
      assert.match((await run(command)).messages[0]!, /^There are only built-in vocabularies/);
    }
    assert.equal(place.text, undefined);
  });

  it('Use Template Set… shows what each costs', async () => {
    const { items } = await run('useTemplateSet', { pick: 'CLIP Surgery’s' });
    assert.deepEqual(
      items[0]!.map(({ description }) => description),
      [
        'the set that the model was made for · in use',
        '1 sentence per prompt',
        '1 sentence per prompt',
        '80 sentences per prompt',
        '85 sentences per prompt',
      ],
    );
    assert.equal((await file()).templates, 'clip-surgery');
    await run('useTemplateSet', { pick: 'As the model likes it' });
    assert.equal((await file()).templates, undefined);
    await undo(place.uri);
    assert.equal((await file()).templates, 'clip-surgery');
  });

  it('Edit Templates… begins a set, and selects it', async () => {
    await run('editTemplates');
    const { templateSets } = await file();
    assert.deepEqual([...templateSets.values()], [['a photo of a {}.']]);
    const editor = vscode.window.activeTextEditor!;
    assert.equal(editor.document.uri.fsPath, place.uri.fsPath);
    assert.deepEqual(JSON.parse(editor.document.getText(editor.selection)), ['a photo of a {}.']);
    const [name] = templateSets.keys();
    const { items } = await run('useTemplateSet', { pick: name });
    assert.equal(items[0]!.at(-1)!.description, '1 sentence per prompt');
    assert.equal((await file()).templates, name);
  });

  describe('Import Words from File…', () => {
    it('adds one prompt per line to the vocabulary in use', async () => {
      const words1 = place.file('words.txt', '\ufeff# furniture\r\nsofa, couch\r\n\r\ndog\r\nchair\r\n');
      await run('importWords', { file: words1, pick: 'Add to “pets”' });
      assert.deepEqual(await words(), ['dog', 'cat', 'sofa | couch', 'chair']);
      await undone();
    });

    it('makes a new vocabulary named after the file', async () => {
      const cars = place.file('cars.txt', 'truck\nbus\n');
      await run('importWords', { file: cars, pick: 'New vocabulary “cars 2”' });
      assert.deepEqual([(await file()).active, await words('cars 2')], ['cars 2', ['truck', 'bus']]);
      await undone();
    });

    it('says what it leaves out', async () => {
      const many = Array.from({ length: 10_000 }, (_, i) => `word ${i}`).join('\n');
      const { messages, items } = await run('importWords', {
        file: place.file('many.txt', `${many}\na + b, c\n`),
        pick: 'New vocabulary “many”',
      });
      assert.deepEqual(messages, [
        '1 of many.txt were left out: The prompt "a + b | c" mixes | and +.',
        'many.txt has 10000 words: the first 1000 are used.',
      ]);
      assert.equal(items[0]![0]!.description, '1000 prompts');
      assert.equal((await words('many'))!.length, 1000);
      const empty = await run('importWords', { file: place.file('empty.txt', '# nothing\n') });
      assert.deepEqual(empty.messages, ['There are no words in empty.txt.']);
    });
  });

  it('Add Selection to Vocabulary takes lines and commas apart', async () => {
    const notes = place.file('notes.md', 'a red hat,  dog\nbird\nnot this\n');
    const editor = await vscode.window.showTextDocument(notes);
    editor.selections = [new vscode.Selection(0, 2, 1, 4), new vscode.Selection(2, 4, 2, 8)];
    await run('addSelection');
    assert.deepEqual(await words(), ['dog', 'cat', 'red hat', 'bird', 'this']);
    await undone();
    const other = await vscode.window.showTextDocument(notes);
    other.selection = new vscode.Selection(0, 0, 0, 0);
    assert.deepEqual((await run('addSelection')).messages, ['Select some words in a text editor first.']);
  });

  it('Open Vocabulary File opens it, and begins it with the words in use', async () => {
    await run('openVocabulary');
    assert.equal(vscode.window.activeTextEditor!.document.uri.fsPath, place.uri.fsPath);
    assert.equal(place.text, PETS);
    assert.equal(vscode.window.activeTextEditor!.document.languageId, 'jsonc');
    await place.reset();
    await run('openVocabulary');
    assert.equal(vscode.window.activeTextEditor!.document.uri.fsPath, place.uri.fsPath);
    assert.ok((await words('demo'))!.length > 1);
  });
});
