import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parseVocabularyFile } from '../../../src/host/vocabulary/file/parseVocabularyFile';
import type { Vocabularies } from '../../../src/host/vocabulary/vocabularies';
import { DRAGGED, PromptDragAndDrop } from '../../../src/host/vocabulary/view/dragAndDrop';
import type { Node } from '../../../src/host/vocabulary/view/nodes';
import { VocabularyTree } from '../../../src/host/vocabulary/view/vocabularyTree';
import { activate } from '../notebook/notebooks';
import { answering, next, ownVocabularies, shownText, undo, VocabularyPlace, type Answers } from './support';

const PETS = `{
  "active": "pets",
  "vocabularies": {
    "pets": [
      "dog | puppy",
      { "text": "cat", "label": "Cat", "color": "#cc0000", "group": "animals" }, // purrs
      { "text": "grass", "negative": true }
    ],
    "cars": ["sedan", "bus"]
  }
}
`;

describe('The view "Vocabulary"', () => {
  const place = new VocabularyPlace();
  let vocabularies: Vocabularies;
  let tree: VocabularyTree;
  let drops: PromptDragAndDrop;

  before(activate);
  beforeEach(async () => {
    await place.reset(PETS);
    vocabularies = ownVocabularies();
    tree = new VocabularyTree(vocabularies);
    drops = new PromptDragAndDrop(vocabularies);
  });
  afterEach(() => {
    tree.dispose();
    vocabularies.dispose();
  });
  after(() => place.remove());

  /** A vocabulary, or one of its prompts, as the view holds it now. */
  async function node(vocabulary: string, text?: string): Promise<Node> {
    const parent = (await tree.getChildren()).find((found) => tree.getTreeItem(found).label === vocabulary)!;
    if (text === undefined) return parent;
    const prompts = await tree.getChildren(parent);
    return prompts.find((found) => found.kind === 'prompt' && found.prompt.text === text)!;
  }

  async function items(parent?: Node): Promise<vscode.TreeItem[]> {
    return (await tree.getChildren(parent)).map((child) => tree.getTreeItem(child));
  }

  async function words(vocabulary: string): Promise<string[] | undefined> {
    const { file } = parseVocabularyFile(await shownText(place.uri));
    return file!.vocabularies.get(vocabulary)?.map(({ text }) => text);
  }

  describe('shows', () => {
    it('vocabularies with their counts, and which one is in use', async () => {
      const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
      const rows = (await items()).map(({ label, description, iconPath, collapsibleState, contextValue }) => [
        label,
        description,
        (iconPath as vscode.ThemeIcon).id,
        collapsibleState,
        contextValue,
      ]);
      assert.deepEqual(rows.slice(0, 3), [
        ['pets', '3 prompts · in use', 'check', Expanded, 'vocabulary active own'],
        ['cars', '2 prompts', 'list-unordered', Collapsed, 'vocabulary resting own'],
        ['demo', '2 prompts · built-in', 'list-unordered', Collapsed, 'vocabulary resting builtIn'],
      ]);
    });

    it('prompts with their label, group, colour and kind', async () => {
      const [dog, cat, grass] = await items(await node('pets'));
      assert.deepEqual(
        [dog, cat, grass].map((item) => [item!.label, item!.description]),
        [
          ['dog | puppy', ''],
          ['Cat', 'cat · animals'],
          ['grass', 'negative'],
        ],
      );
      assert.equal(cat!.accessibilityInformation!.label, 'Cat, cat, animals, colour #cc0000');
      const [, data] = String((cat!.iconPath as vscode.Uri).path).split('base64,');
      assert.match(Buffer.from(data!, 'base64').toString(), /fill="#cc0000"/);
      assert.match((dog!.tooltip as vscode.MarkdownString).value, /Synonyms/);
      assert.equal((grass!.iconPath as vscode.ThemeIcon).id, 'circle-slash');
    });

    it('text as it is, never as Markdown', async () => {
      await place.reset('{ "vocabularies": { "demo": ["[x](command:y) **b**"] } }');
      const [prompt] = await items(await node('demo'));
      const { value, isTrusted } = prompt!.tooltip as vscode.MarkdownString;
      assert.ok(!value.includes('[x](') && !value.includes('**b**'), value);
      assert.ok(!isTrusted);
    });

    it('nothing, so that its welcome shows, where there is no prompt at all', async () => {
      await place.reset('{ "active": "mine", "vocabularies": { "mine": [] } }');
      assert.deepEqual(await tree.getChildren(), []);
      await place.reset('{ "active": "mine", "vocabularies": { "mine": [], "other": ["x"] } }');
      assert.equal((await tree.getChildren())[0]?.kind, 'vocabulary');
    });

    it('changes of the file', async () => {
      await items();
      const change = next(tree.onDidChangeTreeData, 'a change of the tree');
      await answering({}, () => vocabularies.edit((text) => [{ offset: 0, length: text.length, content: '{}' }]));
      await change;
      assert.equal((await items())[0]!.label, 'demo');
    });
  });

  it('leaves a prompt out while its box is not checked', async () => {
    const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
    const state = async () => {
      const { checkboxState } = tree.getTreeItem(await node('pets', 'cat'));
      return typeof checkboxState === 'object' ? checkboxState.state : checkboxState;
    };
    assert.equal(await state(), Checked);
    await tree.check([[await node('pets', 'cat'), Unchecked]]);
    assert.equal(await state(), Unchecked);
    assert.equal((await items())[0]!.description, '3 prompts · 1 left out · in use');
    assert.deepEqual(
      (await vocabularies.active()).prompts.map(({ text }) => text),
      ['dog | puppy'],
    );
    await tree.check([[await node('pets', 'cat'), Checked]]);
    assert.equal(await state(), Checked);
    assert.equal(place.text, PETS);
  });

  describe('lets one drag', () => {
    async function drag(nodes: Node[], on: Node | undefined): Promise<void> {
      const transfer = new vscode.DataTransfer();
      drops.handleDrag(nodes, transfer);
      await drops.handleDrop(on, transfer);
    }

    it('prompts to another place', async () => {
      await drag([await node('pets', 'grass'), await node('pets', 'cat')], await node('pets', 'dog | puppy'));
      assert.deepEqual(await words('pets'), ['cat', 'grass', 'dog | puppy']);
      assert.match(place.text!, /"cat".*\/\/ purrs/);
      await undo(place.uri);
      assert.equal(await shownText(place.uri), PETS);
    });

    it('prompts into another vocabulary, with what is said about them', async () => {
      await drag([await node('pets', 'cat')], await node('cars'));
      assert.deepEqual(
        [await words('pets'), await words('cars')],
        [
          ['dog | puppy', 'grass'],
          ['sedan', 'bus', 'cat'],
        ],
      );
      assert.match(place.text!, /"cars".*"label": "Cat"/s);
    });

    it('prompts of two vocabularies at once, in one step', async () => {
      await drag([await node('pets', 'cat'), await node('cars', 'bus')], await node('demo'));
      assert.deepEqual(await words('demo'), ['red circle', 'blue square', 'cat', 'bus']);
      await undo(place.uri);
      assert.equal(await shownText(place.uri), PETS);
    });

    it('a vocabulary nowhere', async () => {
      await drag([await node('cars')], await node('pets'));
      assert.equal(place.text, PETS);
    });

    it('text from elsewhere in front of a prompt, or to the end of the vocabulary in use', async () => {
      const transfer = new vscode.DataTransfer();
      transfer.set('text/plain', new vscode.DataTransferItem('bird, fish\ndog | puppy\n'));
      await drops.handleDrop(await node('pets', 'cat'), transfer);
      assert.deepEqual(await words('pets'), ['dog | puppy', 'bird', 'fish', 'cat', 'grass']);
      transfer.set('text/plain', new vscode.DataTransferItem('cow'));
      await drops.handleDrop(undefined, transfer);
      assert.equal((await words('pets'))!.at(-1), 'cow');
    });

    it('whatever another extension calls the same', async () => {
      const transfer = new vscode.DataTransfer();
      transfer.set(DRAGGED, new vscode.DataTransferItem('no list'));
      await drops.handleDrop(await node('pets'), transfer);
      assert.equal(place.text, PETS);
    });
  });

  describe('has buttons and keys', () => {
    const run = (command: string, answers: Answers, clicked: Node, selected?: Node[]) =>
      answering(answers, () => vscode.commands.executeCommand(`clipSurgery.view.${command}`, clicked, selected));

    it('to use a vocabulary', async () => {
      await run('use', {}, await node('cars'));
      assert.equal((await vocabularies.active()).name, 'cars');
    });

    it('to add to a vocabulary that is not in use', async () => {
      await run('add', { input: 'truck' }, await node('cars'));
      assert.deepEqual(await words('cars'), ['sedan', 'bus', 'truck']);
    });

    it('to rename a prompt or a vocabulary, but no built-in one', async () => {
      await run('rename', { input: 'dog' }, await node('pets', 'dog | puppy'));
      await run('rename', { input: 'vehicles' }, await node('cars'));
      assert.deepEqual(
        [await words('pets'), await words('vehicles')],
        [
          ['dog', 'cat', 'grass'],
          ['sedan', 'bus'],
        ],
      );
      const before = place.text;
      await run('rename', { input: 'other' }, await node('demo'));
      assert.equal(place.text, before);
    });

    it('to duplicate a built-in vocabulary', async () => {
      await run('duplicate', { input: 'mine' }, await node('demo'));
      assert.deepEqual([await words('mine'), await words('demo')], [['red circle', 'blue square'], undefined]);
    });

    it('to remove all that is selected, in one step', async () => {
      const selected = [await node('pets', 'cat'), await node('cars', 'bus'), await node('pets', 'grass')];
      await run('remove', {}, selected[0]!, selected);
      assert.deepEqual([await words('pets'), await words('cars')], [['dog | puppy'], ['sedan']]);
      await undo(place.uri);
      assert.equal(await shownText(place.uri), PETS);
    });

    it('to delete vocabularies, but no built-in ones', async () => {
      const selected = [await node('cars'), await node('demo')];
      await run('remove', {}, selected[0]!, selected);
      assert.equal(await words('cars'), undefined);
      await undo(place.uri);
      assert.equal(await shownText(place.uri), PETS);
    });
  });
});
