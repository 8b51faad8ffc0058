import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { CELL_LANGUAGE } from '../../../../src/protocol/notebook';
import { CellCompletion } from '../../../../src/host/notebook/language/completion';
import { diagnosticsOf, SOURCE } from '../../../../src/host/notebook/language/diagnostics';
import { CellHover } from '../../../../src/host/notebook/language/hover';
import { resolveImages } from '../../../../src/host/notebook/language/imagePaths';
import { CellLinks } from '../../../../src/host/notebook/language/links';
import { registerCellLanguage } from '../../../../src/host/notebook/language/registerCellLanguage';
import { ScratchFolder, workspaceFile } from '../../fixtures';
import { close, openUntitled } from '../notebooks';

const ids = ['demo', 'vit-b-16'];
const listed = new vscode.EventEmitter<void>();
const models = { ids: () => Promise.resolve(ids), onDidChangeList: listed.event };
const words = () => Promise.resolve(['a red circle', 'a blue star', 'yes, no']);
const token = new vscode.CancellationTokenSource().token;

describe('the language of cells', () => {
  const folder = new ScratchFolder();
  let name = 0;
  let registered: vscode.Disposable[];

  before(() => {
    folder.picture('one.png');
    folder.picture('scenes/p10.png');
    folder.picture('scenes/p9.png');
    folder.picture('scenes/: odd.png');
    folder.picture('up/two.png');
    folder.file('scenes/notes.txt', '');
    registered = registerCellLanguage({ models, words });
  });
  after(() => {
    for (const each of registered) each.dispose();
    folder.remove();
  });

  /** A cell beside the pictures, in a notebook of a type that every editor has. */
  async function cell(source: string): Promise<vscode.TextDocument> {
    const cells = [
      {
        cell_type: 'code',
        source,
        metadata: { vscode: { languageId: CELL_LANGUAGE } },
        outputs: [],
        execution_count: 0,
      },
    ];
    const content = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const file = folder.file(`notebook-${name++}.ipynb`, content);
    const { document } = (await vscode.workspace.openNotebookDocument(file)).cellAt(0);
    assert.equal(document.languageId, CELL_LANGUAGE);
    return document;
  }

  async function until<T>(probe: () => T | undefined): Promise<T> {
    for (const end = Date.now() + 10_000; Date.now() < end;) {
      const found = probe();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('It did not come.');
  }

  describe('diagnostics', () => {
    it('stand at the mistakes, and at pictures that are not there', async () => {
      const document = await cell('image: none.png\nmetod: raw\nprompts: [a]');
      const found = await diagnosticsOf(document, ids);
      assert.deepEqual(
        found.map(({ range, severity, source }) => [document.getText(range), severity, source]),
        [
          ['metod', vscode.DiagnosticSeverity.Error, SOURCE],
          ['none.png', vscode.DiagnosticSeverity.Warning, SOURCE],
        ],
      );
      assert.match(found[1]!.message, /There is no picture none\.png/);
      assert.deepEqual(await diagnosticsOf(await cell('images: [one.png, scenes/*.png, none*.png]'), ids), []);
    });

    it('follow what is written', async () => {
      const document = await cell('size: big');
      const of = () => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === SOURCE);
      await until(() => of()[0]);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 6, 0, 9), '512');
      await vscode.workspace.applyEdit(edit);
      await until(() => (of().length === 0 ? true : undefined));
    });

    it('follow the pictures that come and go', async () => {
      const picture = workspaceFile('late.png');
      const notebook = await openUntitled('image: late.png');
      const of = () => vscode.languages.getDiagnostics(notebook.cellAt(0).document.uri);
      try {
        await until(() => of()[0]);
        await vscode.workspace.fs.copy(workspaceFile('living-room.png'), picture);
        await until(() => (of().length === 0 ? true : undefined));
        await vscode.workspace.fs.delete(picture);
        await until(() => of()[0]);
      } finally {
        await close();
        rmSync(picture.fsPath, { force: true });
      }
    });
  });

  describe('completion', () => {
    const completion = new CellCompletion({ models, words });

    /** Label, and the text after it is chosen, with a bar where a snippet leaves the cursor. */
    async function choices(marked: string): Promise<Map<string, string>> {
      const offset = marked.indexOf('|');
      const document = await cell(marked.replace('|', ''));
      const text = document.getText();
      const items = await completion.provideCompletionItems(document, document.positionAt(offset));
      return new Map(
        items.map((item) => {
          const range = item.range as vscode.Range;
          const inserted = typeof item.insertText === 'string' ? item.insertText : item.insertText?.value;
          const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
          const label = typeof item.label === 'string' ? item.label : item.label.label;
          return [label, text.slice(0, start) + (inserted ?? label) + text.slice(end)];
        }),
      );
    }

    it('offers the keys that are left', async () => {
      const keys = await choices('image: a.png\nme|');
      assert.deepEqual([...keys.keys()], ['prompts', 'method', 'size', 'aspect', 'templates', 'model', 'threshold']);
      assert.equal(keys.get('method'), 'image: a.png\nmethod: ');
    });

    it('offers keys and words in an empty cell', async () => {
      const all = [...(await choices('|')).keys()];
      assert.deepEqual([all[0], all.at(-2)], ['image', 'a blue star']);
    });

    it('offers values', async () => {
      assert.equal((await choices('method: [raw,|]')).get('clip-surgery'), 'method: [raw, clip-surgery]');
      assert.ok(!(await choices('method: [raw, |]')).has('raw'));
      assert.deepEqual([...(await choices('aspect: |')).keys()], ['squash', 'keep']);
      assert.deepEqual([...(await choices('templates: |')).keys()], ['none', 'photo', 'openai', 'clip-surgery']);
      assert.deepEqual([...(await choices('model: |')).keys()], ids);
      assert.deepEqual([...(await choices('size: |')).keys()], ['384', '512', '768', '1024']);
      assert.equal((await choices('size:|')).get('512'), 'size: 512');
    });

    it('offers the words of the model, quoted where that is needed', async () => {
      const found = await choices('prompts: [a red circle, a b|]');
      assert.deepEqual([...found.keys()], ['a blue star', 'yes, no']);
      assert.equal(found.get('a blue star'), 'prompts: [a red circle, a blue star]');
      assert.equal(found.get('yes, no'), 'prompts: [a red circle, "yes, no"]');
      assert.equal((await choices('prompts:\n  - "a|"')).get('yes, no'), 'prompts:\n  - "yes, no"');
      assert.equal((await choices('- a|')).get('a blue star'), '- a blue star');
    });

    it('offers pictures and folders as the path grows', async () => {
      const top = await choices('image: |');
      assert.deepEqual([...top.keys()], ['one.png', 'scenes/', 'up/']);
      assert.equal(top.get('scenes/'), 'image: scenes/');
      const scenes = await choices('image: scenes/p|');
      assert.deepEqual([...scenes.keys()], [': odd.png', 'p9.png', 'p10.png']);
      assert.equal(scenes.get('p9.png'), 'image: scenes/p9.png');
      assert.equal(scenes.get(': odd.png'), 'image: "scenes/: odd.png"');
      assert.equal((await choices('images: [one.png, scenes/|')).get('*.png'), 'images: [one.png, scenes/*.png');
      assert.deepEqual([...(await choices('image: /|')).keys()], []);
      assert.deepEqual([...(await choices('image: none/|')).keys()], []);
    });

    it('comes from the editor', async () => {
      const document = await cell('aspect: ');
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(0, 8),
      );
      assert.ok(list.items.some(({ label }) => label === 'squash'));
    });
  });

  it('explains each key on hover', async () => {
    const document = await cell('image: one.png\nthreshold: 0.5');
    const hover = await new CellHover(models).provideHover(document, new vscode.Position(1, 3));
    assert.equal(document.getText(hover?.range), 'threshold');
    assert.match((hover!.contents[0] as vscode.MarkdownString).value, /share.*```clip-explain\nthreshold: 0\.5\n```/s);
    assert.equal(await new CellHover(models).provideHover(document, new vscode.Position(1, 12)), undefined);
  });

  it('links paths to pictures that are there', async () => {
    const document = await cell('images:\n  - one.png # first\n  - none.png\n  - "scenes/p9.png"\n  - scenes/*.png');
    const links = await new CellLinks().provideDocumentLinks(document, token);
    assert.deepEqual(
      links.map(({ range, target }) => [document.getText(range), target?.path.slice(folder.path.length)]),
      [
        ['one.png', '/one.png'],
        ['"scenes/p9.png"', '/scenes/p9.png'],
      ],
    );
  });

  describe('resolveImages', () => {
    const beside = () => vscode.Uri.file(`${folder.path}/up/notebook.clipnb`);
    const paths = async (written: string[], notebook = beside()) =>
      (await resolveImages(written, notebook)).map(({ path }) => path);

    it('is relative to the notebook, natural in order, and names each once', async () => {
      assert.deepEqual(await paths(['two.png', '../scenes/p*.png', './two.png']), [
        'two.png',
        '../scenes/p9.png',
        '../scenes/p10.png',
      ]);
      assert.deepEqual(await paths(['../scenes/*']), ['../scenes/: odd.png', '../scenes/p9.png', '../scenes/p10.png']);
      assert.deepEqual(await paths(['..\\one.png']), ['../one.png']);
    });

    it('tells no machine paths', async () => {
      assert.deepEqual(await paths([`${folder.path}/one.png`]), ['one.png']);
      assert.deepEqual(await paths([vscode.Uri.file(`${folder.path}/scenes/p9.png`).toString()]), ['p9.png']);
      assert.deepEqual(await paths([`${folder.path}/up/two.png`]), ['two.png']);
      assert.deepEqual(await paths([`${folder.path}/scenes/p?.png`]), ['p9.png']);
    });

    it('searches the workspace', async () => {
      const notebook = workspaceFile('tour.clipnb');
      assert.deepEqual(await paths(['living-*.png'], notebook), ['living-room.png']);
      const untitled = vscode.Uri.from({ scheme: 'untitled', path: 'Untitled-1.clipnb' });
      assert.deepEqual(await paths(['living-room.png', '**/pon*'], untitled), ['living-room.png', 'pond.png']);
      assert.deepEqual(await paths([workspaceFile('living-room.png').fsPath], notebook), ['living-room.png']);
    });

    it('names what is no picture', async () => {
      for (const [path, message] of [
        ['none.png', /^There is no picture none\.png\.$/],
        ['../scenes', /^There is no picture \.\.\/scenes\.$/],
        ['none*.png', /^No picture fits none\*\.png\.$/],
        ['../scenes/notes.txt', /notes\.txt is not called like a picture/],
        ['../*/p9.png', /only the last part/],
        ['https://example.org/a.png', /not fetched/],
        ['//server/share/*.png', /No picture fits/],
        ['file:////server/share/*.png', /No picture fits/],
        ['file:////server/share/a.png', /There is no picture/],
      ] as const) {
        await assert.rejects(paths(['two.png', path]), { message });
      }
    });
  });
});
