import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import * as vscode from 'vscode';
import { bringModel } from '../../../src/host/models/bringModel';
import { setHubToken } from '../../../src/host/models/hubToken';
import { chosenModel } from '../../../src/host/models/modelSettings';
import { selectModel } from '../../../src/host/models/selectModel';
import { ModelSetting, PLAIN, PLAIN_ID, TINY, TINY_ID } from './setting';

const wanted = { id: TINY_ID, name: 'Tiny', repository: TINY };

describe('a model from the hub', () => {
  let setting: ModelSetting;
  const store = () => setting.services.models.store();

  before(async () => (setting = await ModelSetting.create()));
  beforeEach(() => setting.reset());
  afterEach(async () => {
    for (const { record } of await (await store()).list()) await (await store()).delete(record.id);
  });
  after(() => setting.remove());

  async function fromRepository(typed: string): Promise<void> {
    setting.user.picks.push('From Hub Repository…');
    setting.user.types.push(typed);
    await selectModel(setting.services);
  }

  it('is shown with size, licence and folder before anything comes, and left where nobody confirms', async () => {
    await fromRepository(TINY);
    const { user, hub } = setting;
    assert.deepEqual(user.said, [`Download ${TINY}?`]);
    const { detail, buttons } = user.messages[0]!;
    assert.deepEqual(buttons, ['Download']);
    assert.deepEqual(detail!.split('\n'), [
      'Size: 9.2 MB',
      'Licence: mit',
      `From: ${TINY}`,
      `To: ${setting.file(TINY_ID, '')}`,
    ]);
    assert.equal(hub.bodies('model.safetensors').length, 0);
    assert.equal(chosenModel(), 'demo');
  });

  it('comes with words on how far it is, and explains from then on', async () => {
    const { user, services, hub } = setting;
    assert.equal((await services.models.current()).id, 'demo');
    const changes: string[] = [];
    const listening = services.models.onDidChange(() => changes.push(chosenModel()));
    user.presses.push('Download');
    await fromRepository(`${TINY}@main`);
    listening.dispose();
    assert.equal(changes.at(-1), TINY_ID);
    assert.match(user.progress.join('\n'), /^Asking the hub about org\/tiny\nDownloading org\/tiny\n[^]*of 9\.2 MB/);
    const { id, folder, name, licence } = await services.models.current();
    assert.deepEqual([id, name, licence], [TINY_ID, TINY, 'mit']);
    assert.equal(statSync(`${folder}/model.safetensors`).size, hub.content(TINY, 'model.safetensors').length);
    assert.equal((await services.models.info()).name, TINY);
    assert.deepEqual(await services.models.ids(), ['demo', TINY_ID]);
  });

  it('keeps what has come when it is cancelled, and goes on there', async () => {
    const { user, hub, services } = setting;
    const cut = 1_000_000;
    hub.faults.cutAfter = () => cut;
    hub.faults.beforeCut = async () => {
      await setting.arrived(TINY_ID, 'model.safetensors', cut);
      user.cancel();
    };
    user.presses.push('Download');
    let changes = 0;
    const listening = services.models.onDidChange(() => changes++);
    await bringModel(services, wanted);
    listening.dispose();
    assert.equal(changes, 0, 'what is shown stays');
    assert.equal(user.said.at(-1), 'The download of Tiny was stopped: next time it goes on from there.');
    assert.ok(!existsSync(setting.file(TINY_ID, 'model.safetensors')));
    assert.equal(chosenModel(), 'demo');
    assert.deepEqual(await services.models.ids(), ['demo'], 'half a model is none');

    hub.faults = { statuses: [] };
    user.picks.push('Tiny');
    user.presses.push('Download');
    await selectModel(services);
    const half = user.items.at(-1)!.find(({ label }) => label === 'Tiny');
    assert.equal(half?.description, '1.1 MB are here already');
    assert.match(user.messages.at(-1)!.detail!, /Already here: 1\.1 MB/);
    assert.equal(hub.bodies('model.safetensors').at(-1)!.range, `bytes=${cut}-`);
    assert.equal(chosenModel(), TINY_ID);
  });

  it('asks for a token where the hub wants one, keeps it, and tries again', async () => {
    const { user, hub, services, secrets } = setting;
    hub.faults.token = 'hf_secret';
    user.presses.push('Set Token…', 'Download');
    user.types.push('hf_secret');
    await bringModel(services, wanted);
    const [refusal] = user.messages;
    assert.match(refusal!.text, /without permission \(401\)\. .*token/);
    assert.deepEqual(refusal!.buttons, ['Set Token…', 'Try Again', 'Show Log']);
    assert.deepEqual([...secrets.values()], ['hf_secret']);
    assert.equal(chosenModel(), TINY_ID);
  });

  it('prefers the token that is kept to HF_TOKEN, and forgets it when an empty one is entered', async () => {
    const { user, hub, services } = setting;
    const sent = async () => {
      await bringModel(services, wanted);
      return hub.seen.at(-1)!.authorization;
    };
    process.env['HF_TOKEN'] = 'from-environment';
    user.types.push('  kept ', '', 'two words');
    await setHubToken(services.access);
    assert.equal(await sent(), 'Bearer kept');
    assert.equal(await setHubToken(services.access), true);
    assert.equal(await sent(), 'Bearer from-environment');
    assert.equal(await setHubToken(services.access), false);
    assert.match(user.problem!, /no spaces/);
    delete process.env['HF_TOKEN'];
  });

  it('says in a sentence what is missing, and tries again only if the user wants to', async () => {
    const { user, services } = setting;
    user.presses.push('Try Again', 'Show Log');
    await bringModel(services, { id: 'no', name: 'No', repository: 'org/no' });
    assert.equal(user.messages.length, 2);
    assert.match(user.said[0]!, /^The hub has no .*org\/no.* \(404\)\. Check the name/);
    assert.deepEqual(user.messages[0]!.buttons, ['Try Again', 'Show Log']);
    assert.deepEqual(user.commands, ['clipSurgery.showLog']);
  });

  it('asks nothing of the network where HF_HUB_OFFLINE is set', async () => {
    process.env['HF_HUB_OFFLINE'] = '1';
    await bringModel(setting.services, wanted);
    delete process.env['HF_HUB_OFFLINE'];
    assert.match(setting.user.said[0]!, /^HF_HUB_OFFLINE is set, and .* does not have/);
    assert.deepEqual(setting.hub.seen, []);
  });

  it('is kept and not used where the engine cannot read it', async () => {
    const { user, hub } = setting;
    hub.add('org/broken', 'config.json', '{}');
    hub.add('org/broken', 'tokenizer.json', '{}');
    hub.add('org/broken', 'model.safetensors', Buffer.alloc(100, 1));
    user.presses.push('Download');
    await fromRepository('org/broken');
    assert.match(user.said.at(-1)!, /^[A-Z"].*\.$/);
    assert.deepEqual(user.messages.at(-1)!.buttons, ['Show Log']);
    assert.equal(chosenModel(), 'demo');
    assert.ok(existsSync(setting.file('org--broken', 'model.safetensors')));
  });

  it('is only asked for by a name that a repository can have', async () => {
    for (const typed of ['clip', 'a/b/c', '../up/x', 'org/..', '']) {
      await fromRepository(typed);
      assert.match(setting.user.problem ?? '', /^Expected is “organisation\/name”/, typed);
    }
    assert.deepEqual(setting.hub.seen, []);
  });

  it('lists what is here and what can be had, with the one in use marked', async () => {
    const { user, services } = setting;
    user.presses.push('Download');
    await fromRepository(PLAIN);
    await selectModel(services);
    const items = user.items.at(-1)!;
    const groups: Record<string, vscode.QuickPickItem[]> = {};
    let last: vscode.QuickPickItem[] = [];
    for (const item of items) {
      if (item.kind === vscode.QuickPickItemKind.Separator) last = groups[item.label] = [];
      else last.push(item);
    }
    assert.deepEqual(Object.keys(groups), ['Embedded', 'Downloaded', 'Available', 'Another One']);
    assert.deepEqual(
      groups['Embedded']!.map(({ label, description }) => [label, description]),
      [['Demo', '']],
    );
    const [plain] = groups['Downloaded']!;
    assert.deepEqual([plain?.label, plain?.description], [PLAIN, '9.2 MB · mit · in use']);
    assert.deepEqual(plain?.iconPath, new vscode.ThemeIcon('check'));
    const paper = groups['Available']!.find(({ label }) => label === 'OpenAI ViT-B/16');
    assert.equal(paper?.description, '603 MB · MIT');
    assert.match(paper?.detail ?? '', /CLIP Surgery paper/);
    assert.ok(existsSync(setting.file(PLAIN_ID, 'config.json')));
  });

  it('has the way to the devices beside it', async () => {
    const { user, services } = setting;
    user.picks.push('Select Device…');
    await selectModel(services);
    assert.deepEqual(user.commands, ['clipSurgery.selectDevice']);
  });
});
