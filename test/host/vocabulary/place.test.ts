import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { placeOf, placesOf } from '../../../src/host/vocabulary/place';
import { VocabularyTree } from '../../../src/host/vocabulary/view/vocabularyTree';
import { ScratchFolder } from '../fixtures';
import { ownVocabularies } from './support';

describe('The place of the vocabulary file', () => {
  const scratch = new ScratchFolder();
  const storage = vscode.Uri.file('/storage');
  const [a, b] = ['a', 'b'].map((name, index) => ({ uri: vscode.Uri.file(`${scratch.path}/${name}`), name, index }));

  /** Runs with other folders open: to open them truly would end this extension host. */
  async function withFolders(
    workspaceFolders: readonly vscode.WorkspaceFolder[] | undefined,
    run: () => unknown,
  ): Promise<void> {
    const getWorkspaceFolder = (uri: vscode.Uri) =>
      workspaceFolders?.find((folder) => uri.path.startsWith(`${folder.uri.path}/`) || uri.path === folder.uri.path);
    const { workspace } = vscode;
    const real = Object.getOwnPropertyDescriptors(workspace);
    const value = (what: unknown) => ({ configurable: true, value: what });
    Object.defineProperty(workspace, 'workspaceFolders', value(workspaceFolders));
    Object.defineProperty(workspace, 'getWorkspaceFolder', value(getWorkspaceFolder));
    try {
      await run();
    } finally {
      Object.defineProperty(workspace, 'workspaceFolders', real.workspaceFolders);
      Object.defineProperty(workspace, 'getWorkspaceFolder', real.getWorkspaceFolder);
    }
  }

  before(() => {
    scratch.file('a/clip-vocabulary.json', '{ "vocabularies": { "demo": ["of a"] } }');
    scratch.file('b/clip-vocabulary.json', '{ "vocabularies": { "demo": ["of b"] } }');
  });
  after(() => scratch.remove());

  it('is the root of the workspace folder', () => {
    const root = vscode.workspace.workspaceFolders![0]!.uri;
    assert.equal(String(placeOf(undefined, storage)), String(vscode.Uri.joinPath(root, 'clip-vocabulary.json')));
  });

  it('is the folder of the resource, else the first one', () =>
    withFolders([a!, b!], () => {
      const inB = vscode.Uri.joinPath(b!.uri, 'deep/picture.png');
      assert.equal(placeOf(inB, storage).path, `${b!.uri.path}/clip-vocabulary.json`);
      for (const elsewhere of [undefined, vscode.Uri.file('/elsewhere.png'), vscode.Uri.parse('untitled:x')]) {
        assert.equal(placeOf(elsewhere, storage).path, `${a!.uri.path}/clip-vocabulary.json`);
      }
      assert.equal(placesOf(storage).length, 2);
    }));

  it('is the extension’s storage where no folder is open', () =>
    withFolders(undefined, () => {
      assert.equal(placeOf(undefined, storage).path, '/storage/clip-vocabulary.json');
      assert.deepEqual(placesOf(storage).map(String), [String(placeOf(undefined, storage))]);
    }));

  it('gives every folder its own vocabulary, in the view too', () =>
    withFolders([a!, b!], async () => {
      const vocabularies = ownVocabularies({}, storage);
      const tree = new VocabularyTree(vocabularies);
      try {
        assert.deepEqual((await vocabularies.active(b!.uri)).prompts, [{ text: 'of b' }]);
        assert.deepEqual((await vocabularies.active()).prompts, [{ text: 'of a' }]);
        const folders = await tree.getChildren();
        assert.deepEqual(
          folders.map((folder) => tree.getTreeItem(folder).label),
          ['a', 'b'],
        );
        const [demo] = await tree.getChildren(folders[1]);
        const [prompt] = await tree.getChildren(demo);
        assert.equal(tree.getTreeItem(prompt!).label, 'of b');
      } finally {
        tree.dispose();
        vocabularies.dispose();
      }
    }));
});
