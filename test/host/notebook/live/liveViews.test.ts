import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { LiveViews } from '../../../../src/host/notebook/live/liveViews';
import { writeNotebook } from '../../../../src/host/notebook/file/format';
import type { ExplainPanels } from '../../../../src/host/panel/explainPanels';
import type { LiveRequest, ToRenderer } from '../../../../src/protocol/notebook';
import { ScratchFolder } from '../../fixtures';
import { activate, close, explanationsOf, openUntitled, run, startServices, until } from '../notebooks';

const CELL = 'image: pond.png\nprompts: [star, heart]';
const ASKED: LiveRequest = { prompts: ['circle'], methods: ['raw', 'clip-surgery'], side: 192, aspect: 'squash' };

describe('live views of notebook outputs', () => {
  const services = startServices();
  const shown: vscode.Uri[] = [];
  const handled: unknown[] = [];
  const panels = { show: (images: vscode.Uri[]) => void shown.push(...images) } as unknown as ExplainPanels;
  let views: LiveViews;

  before(async () => {
    await activate();
    views = new LiveViews(services, panels, {
      request: (_, { id, request }) => {
        handled.push(request);
        return Promise.resolve({ version: 1, id, explanations: [] });
      },
      keep: (_, { output }) => Promise.resolve(void handled.push(output)),
    });
  });
  afterEach(close);
  after(() => {
    views.dispose();
    services.dispose();
  });

  /** What the page of the notebook in front is answered. */
  async function say(message: unknown): Promise<ToRenderer[]> {
    const answers: ToRenderer[] = [];
    await views.receive(message, vscode.window.activeNotebookEditor!, (answer) => answers.push(answer));
    return answers;
  }

  /** A notebook with one cell that ran. */
  async function explained(): Promise<{ notebook: vscode.NotebookDocument; cell: vscode.NotebookCell; id: string }> {
    const notebook = await openUntitled(CELL);
    await run(notebook);
    const cell = notebook.cellAt(0);
    return { notebook, cell, id: explanationsOf(cell)[0]!.id };
  }

  it('says which sizes there are', async () => {
    await openUntitled();
    assert.equal((await say({ type: 'ready' }))[0]?.type, 'hello');
    const [hello] = await say({ type: 'sizes' });
    assert.ok(hello?.type === 'hello' && hello.sizes!.includes(hello.defaultSide!));
  });

  it('explains the picture of an output with other words, and changes nothing in the notebook', async () => {
    const folder = new ScratchFolder();
    folder.picture('pond.png', 'pond.png');
    const file = { format: 'clip-notebook', version: 1, cells: [{ kind: 'code', text: CELL }] };
    const notebook = await vscode.workspace.openNotebookDocument(folder.file('a.clipnb', JSON.stringify(file)));
    await vscode.window.showNotebookDocument(notebook);
    await run(notebook);
    await notebook.save();
    const cell = notebook.cellAt(0);
    const { id } = explanationsOf(cell)[0]!;
    const state = () => [
      notebook.isDirty,
      cell.document.version,
      cell.executionSummary?.executionOrder,
      cell.outputs[0],
    ];
    const before = state();
    const answers = await say({ type: 'explain', id, request: ASKED });
    const last = answers.pop();
    assert.ok(answers.length > 0 && answers.every(({ type }) => type === 'working'));
    assert.ok(last?.type === 'explained');
    assert.equal(last.output.id, id);
    const made = last.output.explanations.map(({ method, prompts, encoded, image }) => [
      method.name,
      prompts.map(({ text }) => text).join(),
      encoded.width,
      image.path,
    ]);
    assert.deepEqual(made, [
      ['raw', 'circle', 192, 'pond.png'],
      ['clip-surgery', 'circle', 192, 'pond.png'],
    ]);
    assert.equal(notebook.isDirty, false);
    assert.deepEqual(state(), before);
    folder.remove();
  });

  it('explains it with the active vocabulary when no words are asked for', async () => {
    const { notebook, cell, id } = await explained();
    const words = async () => {
      const last = (
        await say({ type: 'explain', id, request: { ...ASKED, prompts: undefined, methods: ['clip-surgery'] } })
      ).at(-1);
      assert.ok(last?.type === 'explained');
      const [first] = last.output.explanations;
      return { vocabulary: last.output.vocabulary, prompts: first!.prompts.map(({ text }) => text), first };
    };
    const { prompts } = await services.engine.models.info();
    assert.deepEqual((await words()).prompts, prompts);
    services.vocabularies.change({
      name: 'mine',
      prompts: [{ text: 'star', label: 'Star', color: '#ff0000' }, { text: 'word '.repeat(200) }],
      distractors: ['circle'],
      templates: 'none',
    });
    const { vocabulary, first, prompts: now } = await words();
    assert.deepEqual([vocabulary, now], ['mine', ['star']], 'without the one that is too long');
    assert.deepEqual([first!.prompts[0]!.label, first!.prompts[0]!.color], ['Star', '#ff0000']);
    assert.deepEqual([first!.distractors, first!.templates], [['circle'], 'none']);
    assert.equal(explanationsOf(cell)[0]!.vocabulary, undefined, 'the cell has words of its own');
    assert.equal(notebook.cellAt(0).outputs.length, 1);
    services.vocabularies.change({});
  });

  it('answers the last question about an output only, and none that is cancelled', async () => {
    const { id } = await explained();
    const first = say({ type: 'explain', id, request: { ...ASKED, side: 512 } });
    const second = say({ type: 'explain', id, request: ASKED });
    assert.ok((await first).every(({ type }) => type === 'working'));
    assert.equal((await second).at(-1)?.type, 'explained');
    const third = say({ type: 'explain', id, request: { ...ASKED, side: 512 } });
    await say({ type: 'cancel', id });
    assert.ok((await third).every(({ type }) => type === 'working'));
  });

  it('writes what was tried into the cell and runs it; the edit can be undone', async () => {
    const { cell, id } = await explained();
    await say({ type: 'update', id, request: ASKED });
    await until('the cell ran again', () => explanationsOf(cell).some((output) => output.id !== id));
    const [output] = explanationsOf(cell);
    assert.deepEqual(
      output!.explanations.map(({ method, prompts }) => [method.name, prompts[0]!.text]),
      [
        ['raw', 'circle'],
        ['clip-surgery', 'circle'],
      ],
    );
    assert.match(cell.document.getText(), /^image: pond\.png\n[^]*circle/);
    await vscode.commands.executeCommand('notebook.cell.edit');
    await vscode.commands.executeCommand('undo');
    await until('the edit is undone', () => cell.document.getText() === CELL);
  });

  it('opens the picture in the panel', async () => {
    const { id } = await explained();
    await say({ type: 'open', id, request: ASKED });
    assert.match(String(shown.at(-1)), /\/examples\/pond\.png$/);
  });

  it('passes on what programs asked for', async () => {
    await openUntitled();
    const answers = await say({ type: 'request', id: 'a', outputId: 'b', request: { image: 'x.png' } });
    assert.deepEqual(answers, [{ type: 'explained', id: 'a', output: { version: 1, id: 'a', explanations: [] } }]);
    await say({ type: 'keep', id: 'a', outputId: 'b', output: 'c' });
    assert.deepEqual(handled, [{ image: 'x.png' }, 'c']);
  });

  it('saves a picture where the user says', async () => {
    await openUntitled();
    const folder = new ScratchFolder();
    const target = vscode.Uri.file(path.join(folder.path, 'saved.png'));
    const names: (string | undefined)[] = [];
    const original = vscode.window.showSaveDialog;
    const answer = (options: vscode.SaveDialogOptions) => {
      names.push(options.defaultUri?.path.replace(/.*\//, ''));
      return Promise.resolve(target);
    };
    Object.assign(vscode.window, { showSaveDialog: answer });
    try {
      const png = [0x89, 0x50, 0x4e, 0x47, 1, 2];
      await say({ type: 'save', name: '../../maps.png', png: Buffer.from(png).toString('base64') });
      assert.deepEqual([...readFileSync(target.fsPath)], png);
      await say({ type: 'save', name: 'x', png: 'AQIDBA==' });
      await say({ type: 'save', name: 'x', png: 'nothing' });
      assert.deepEqual(names, ['maps.png']);
    } finally {
      Object.assign(vscode.window, { showSaveDialog: original });
      folder.remove();
    }
  });

  describe('with a page that cannot be trusted', () => {
    const requests: Record<string, unknown> = {
      'no words': { ...ASKED, prompts: [] },
      'too many words': { ...ASKED, prompts: Array(201).fill('a') },
      'a word that is too long': { ...ASKED, prompts: ['a'.repeat(1001)] },
      'a word that is empty': { ...ASKED, prompts: [' '] },
      'a word that is none': { ...ASKED, prompts: [5] },
      'an unknown method': { ...ASKED, methods: ['raw', '__proto__'] },
      'a method twice': { ...ASKED, methods: ['raw', 'raw'] },
      'no method': { ...ASKED, methods: [] },
      'a huge picture': { ...ASKED, side: 2049 },
      'half a pixel': { ...ASKED, side: 100.5 },
      'an unknown shape': { ...ASKED, aspect: 'wide' },
      'no request': undefined,
    };

    it('refuses odd requests', async () => {
      const { id } = await explained();
      for (const [what, request] of Object.entries(requests)) {
        for (const type of ['explain', 'update', 'open']) {
          const answers = await say({ type, id, request });
          assert.deepEqual(
            answers.map(({ type }) => type),
            ['failed'],
            what,
          );
        }
      }
    });

    it('ignores what is no message', async () => {
      await openUntitled();
      for (const message of [undefined, null, 'ready', [], {}, { type: 'explain' }, { type: 'constructor', id: 'a' }]) {
        assert.deepEqual(await say(message), []);
      }
    });

    it('reads only image files of the notebook and the workspace', async () => {
      const [real] = explanationsOf((await explained()).cell);
      const paths = [
        '/etc/passwd',
        '../package.json',
        '../media/tab-dark.svg',
        'scenes.json',
        'C:\\a.png',
        'sub\\..\\..\\a.png',
        'file:///a.png',
        'https://example.org/a.png',
        '//server/share/a.png',
        'a\u0000.png',
        './../../a.png',
      ];
      const refusal = /must be relative|not called like an image|neither in the notebook|no file/;
      const cells = paths.map((name) => {
        const explanations = real!.explanations.map((it) => ({ ...it, image: { ...it.image, path: name } }));
        const record = { ...real!, id: name, explanations };
        return { kind: 'code', text: CELL, outputs: [{ kind: 'explanation' as const, record }] };
      });
      const folder = new ScratchFolder();
      folder.file('package.json', '{}');
      folder.picture('a.png');
      const file = folder.file('sub/hostile.clipnb', writeNotebook({ cells }));
      await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(file));
      for (const id of paths) {
        for (const type of ['explain', 'open']) {
          const [answer] = await say({ type, id, request: ASKED });
          assert.ok(answer?.type === 'failed' && refusal.test(answer.message), JSON.stringify(answer));
        }
      }
      folder.remove();
    });

    it('knows only outputs of its own notebook', async () => {
      await openUntitled(CELL);
      const [answer] = await say({ type: 'explain', id: 'elsewhere', request: ASKED });
      assert.ok(answer?.type === 'failed' && /not in the notebook/.test(answer.message));
    });
  });
});
