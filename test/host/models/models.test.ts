import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { bringModel } from '../../../src/host/models/bringModel';
import { copyCitation } from '../../../src/host/models/citation';
import { modelWords } from '../../../src/host/models/modelWords';
import { chosenModel } from '../../../src/host/models/modelSettings';
import { selectModel } from '../../../src/host/models/selectModel';
import { explainPicture } from '../../../src/host/notebook/explainPicture';
import { LiveViews, type RequestHandlers } from '../../../src/host/notebook/live/liveViews';
import type { ExplainPanels } from '../../../src/host/panel/explainPanels';
import type { LiveRequest, ToRenderer } from '../../../src/protocol/notebook';
import { workspaceFile } from '../fixtures';
import { close, explanationsOf, failureOf, openUntitled, run } from '../notebook/notebooks';
import { next, ownVocabularies } from '../vocabulary/support';
import { ModelSetting, PLAIN, PLAIN_ID, TINY, TINY_ID, write } from './setting';

describe('the model in use', () => {
  let setting: ModelSetting;
  const models = () => setting.services.models;
  const current = async () => (await models().current()).id;

  before(async () => {
    setting = await ModelSetting.create();
    for (const [id, repository] of [
      [TINY_ID, TINY],
      [PLAIN_ID, PLAIN],
    ] as const) {
      setting.user.presses.push('Download');
      await bringModel(setting.services, { id, name: repository, repository });
    }
  });
  beforeEach(() => setting.reset());
  after(() => setting.remove());

  /** A folder with a model that nobody downloaded. */
  function ownFolder(name: string): string {
    const folder = path.join(setting.root, '..', `${path.basename(setting.root)}-${name}`);
    cpSync(path.join(setting.root, TINY_ID), folder, { recursive: true });
    return folder;
  }

  it('is the one of the settings, and follows them', async () => {
    assert.equal(await current(), 'demo');
    const change = next(models().onDidChange, 'a change of the model');
    await write('model', PLAIN_ID);
    await change;
    assert.equal(await current(), PLAIN_ID);
    const { name, prompts, licence } = await models().info();
    assert.deepEqual([name, prompts, licence], [PLAIN, [], 'mit']);
    assert.equal(models().knownInfo?.name, PLAIN);
    assert.deepEqual(setting.user.said, []);
  });

  it('is the embedded one, with a sentence, where the setting names none that can be used', async () => {
    const empty = path.join(setting.root, 'empty');
    mkdirSync(empty);
    for (const [named, why] of [
      ['no-such-model', /^There is no downloaded model “no-such-model”\. The demo model explains instead\.$/],
      ['../demo', /^There is no downloaded model/],
      [empty, /^The model folder .* has no .*safetensors.* The demo model explains instead\.$/],
    ] as const) {
      setting.user.messages.length = 0;
      await write('model', named);
      assert.equal(await current(), 'demo', named);
      assert.equal(setting.user.said.length, 1);
      assert.match(setting.user.said[0]!, why);
      assert.deepEqual(setting.user.messages[0]!.buttons, ['Select Model…']);
    }
    await write('model', TINY_ID);
    assert.equal(await current(), TINY_ID);
  });

  it('may be in a folder of one’s own, if the engine can read it', async () => {
    const { user, services } = setting;
    const folder = ownFolder('own');
    user.opens = vscode.Uri.file(folder);
    user.picks.push('From Folder…');
    await selectModel(services);
    assert.equal(chosenModel(), folder);
    assert.equal((await models().current()).folder, folder);
    await selectModel(services);
    const [, , group, shown] = user.items.at(-1)!;
    assert.deepEqual([group!.label, shown!.detail, shown!.description], ['Folder', folder, 'in use']);

    user.opens = vscode.Uri.file(setting.root);
    user.picks.push('From Folder…');
    await selectModel(services);
    assert.match(user.said[0]!, /^The model folder .* has no .*safetensors/);
    assert.equal(chosenModel(), folder, 'stays as it was');
    rmSync(folder, { recursive: true });
  });

  it('brings its words as a vocabulary; without any, that of PASCAL Context is in use', async () => {
    const vocabularies = ownVocabularies(modelWords(models()), vscode.Uri.file(path.join(setting.root, 'nowhere')));
    assert.equal((await vocabularies.active()).name, 'demo');
    const change = next(vocabularies.onDidChange, 'a change of the vocabulary');
    await write('model', PLAIN_ID);
    await change;
    const { name, prompts } = await vocabularies.active();
    assert.deepEqual([name, prompts.length, prompts[0]?.text], ['pascal-context-59', 59, 'airplane']);
    assert.deepEqual(await vocabularies.builtInNames(), ['pascal-context-59', 'coco-80', 'pascal-voc-20']);
    await write('model', TINY_ID);
    assert.equal((await vocabularies.active()).name, TINY_ID);
    assert.deepEqual((await vocabularies.active()).prompts[0], { text: 'dog' });
    vocabularies.dispose();
  });

  it('is named in the records, unless the request names another one', async () => {
    await write('model', PLAIN_ID);
    const vocabularies = ownVocabularies(modelWords(models()));
    const services = { engine: setting.engine, vocabularies };
    const picture = { path: workspaceFile('living-room.png').fsPath };
    const explained = async (model?: string) => {
      const named = { image: picture, name: 'living-room.png', notebook: workspaceFile('tour.clipnb') };
      const request = { prompts: ['teddy bear', 'cat'], side: 64, model };
      return (await explainPicture(services, named, request)).explanations[0]!.model;
    };
    const { id, name, licence } = await explained();
    assert.deepEqual([id, name, licence], [PLAIN_ID, PLAIN, 'mit']);
    assert.equal((await explained('demo')).name, 'Demo');
    await assert.rejects(explained('other'), /^Error: There is no downloaded model “other”\.$/);
    vocabularies.dispose();
  });

  it('gives way to the one that a cell names', async () => {
    setting.user.leave();
    const prompts = 'image: living-room.png\nprompts: [teddy bear, cat]\nsize: 64';
    const notebook = await openUntitled(`${prompts}\nmodel: ${TINY_ID}`, prompts, `${prompts}\nmodel: none`);
    await run(notebook);
    const vocabularies = ownVocabularies(modelWords(models()));
    const views = new LiveViews({ engine: setting.engine, vocabularies }, {} as ExplainPanels, {} as RequestHandlers);
    const live = async (cell: vscode.NotebookCell) => {
      const answers: ToRenderer[] = [];
      const request: LiveRequest = { prompts: ['red star'], methods: ['raw'], side: 64, aspect: 'squash' };
      const message = { type: 'explain', id: explanationsOf(cell)[0]!.id, request };
      await views.receive(message, vscode.window.activeNotebookEditor!, (answer) => answers.push(answer));
      const last = answers.at(-1)!;
      return last.type === 'explained' ? last.output.explanations[0]!.model.id : last;
    };
    const [tiny, usual, none] = notebook.getCells();
    assert.equal(explanationsOf(tiny!)[0]?.explanations[0]!.model.id, TINY_ID);
    assert.equal(explanationsOf(usual!)[0]?.explanations[0]!.model.id, 'demo');
    assert.match(failureOf(none!.outputs[0]!)!.message, new RegExp(`^Line 4: .*demo, ${PLAIN_ID}, ${TINY_ID}`));
    assert.deepEqual([await live(tiny!), await live(usual!)], [TINY_ID, 'demo'], 'also where it is edited live');
    views.dispose();
    vocabularies.dispose();
    await close();
  });

  it('is cited with the method', async () => {
    const cited = async (citation?: string) => {
      const info = { ...(await models().info()), citation };
      await copyCitation({ info: () => Promise.resolve(info) });
      return vscode.env.clipboard.readText();
    };
    assert.match(await cited(), /^@article\{[^@]*2304\.05653[^@]*\}\n$/);
    assert.match(await cited('@article{clip}'), /2304\.05653[^@]*\}\n\n@article\{clip\}\n$/);
    await vscode.env.clipboard.writeText('');
    await copyCitation({ info: () => Promise.reject(new Error('no engine')) });
    assert.match(await vscode.env.clipboard.readText(), /2304\.05653/);
  });

  describe('in a workspace that is not trusted', () => {
    const TRUST = ['Manage Workspace Trust'];
    beforeEach(() => setting.user.trust(false));

    it('is embedded, or downloaded and verified', async () => {
      assert.equal(await current(), 'demo');
      await write('model', TINY_ID);
      assert.equal(await current(), TINY_ID);
      utimesSync(setting.file(TINY_ID, 'model.safetensors'), new Date(), new Date(0));
      models().refresh();
      assert.equal(await current(), 'demo');
      assert.match(setting.user.said.at(-1)!, /changed since it was verified: it runs only in a trusted workspace/);
      assert.deepEqual(setting.user.messages.at(-1)!.buttons, TRUST);
      setting.user.trust(true);
      models().refresh();
      assert.equal(await current(), TINY_ID);
    });

    it('is in no folder of one’s own', async () => {
      const { user, services } = setting;
      const folder = ownFolder('untrusted');
      await write('model', folder);
      assert.equal(await current(), 'demo');
      assert.match(user.said[0]!, /only in a trusted workspace/);
      user.messages.length = 0;
      user.opens = vscode.Uri.file(folder);
      user.picks.push('From Folder…');
      user.presses.push(...TRUST);
      await selectModel(services);
      assert.deepEqual(user.messages.at(-1)!.buttons, TRUST);
      assert.ok(user.commands.includes('workbench.trust.manage'));
      rmSync(folder, { recursive: true });
    });

    it('is not downloaded', async () => {
      const { user, services, hub } = setting;
      user.picks.push('From Hub Repository…', 'OpenAI ViT-B/16');
      for (let i = 0; i < 2; i++) {
        await selectModel(services);
        assert.equal(user.messages.at(-1)!.text, 'Models are downloaded only in a trusted workspace.');
        assert.deepEqual(user.messages.at(-1)!.buttons, TRUST);
      }
      assert.deepEqual(hub.seen, []);
    });
  });
});
