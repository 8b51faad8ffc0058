import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { bringModel } from '../../../src/host/models/bringModel';
import { manageModels } from '../../../src/host/models/manageModels';
import { chosenModel } from '../../../src/host/models/modelSettings';
import { ModelSetting, TINY, TINY_ID, write } from './setting';

/** The part of a quick pick that shows models; a user who comes to it presses one button of its first row. */
class ShownModels implements Partial<vscode.QuickPick<vscode.QuickPickItem>> {
  private readonly button = new vscode.EventEmitter<vscode.QuickPickItemButtonEvent<vscode.QuickPickItem>>();
  private readonly accept = new vscode.EventEmitter<void>();
  private readonly hidden = new vscode.EventEmitter<void>();
  title = '';
  placeholder = '';
  items: vscode.QuickPickItem[] = [];
  readonly onDidTriggerItemButton = this.button.event;
  readonly onDidAccept = this.accept.event;
  readonly onDidHide = this.hidden.event;

  /** @param pressed the button’s tooltip; `Enter` chooses the row, and nothing leaves */
  constructor(private readonly pressed?: string) {}

  get selectedItems() {
    return this.items.slice(0, 1);
  }

  show(): void {
    const [item] = this.items;
    const button = item!.buttons?.find(({ tooltip }) => tooltip === this.pressed);
    if (button) this.button.fire({ item: item!, button });
    else if (this.pressed === 'Enter') this.accept.fire();
    else this.hidden.fire();
  }

  dispose(): void {
    for (const emitter of [this.button, this.accept, this.hidden]) emitter.dispose();
  }
}

describe('the downloaded models', () => {
  let setting: ModelSetting;
  const weights = () => setting.file(TINY_ID, 'model.safetensors');

  before(async () => (setting = await ModelSetting.create()));
  beforeEach(async () => {
    await setting.reset();
    setting.user.presses.push('Download');
    await bringModel(setting.services, { id: TINY_ID, name: 'Tiny', repository: TINY });
    setting.user.messages.length = 0;
  });
  after(() => setting.remove());

  async function manage(pressed?: string): Promise<ShownModels> {
    const shown = new ShownModels(pressed);
    Object.assign(vscode.window, { createQuickPick: () => shown });
    await manageModels(setting.services);
    return shown;
  }

  it('are listed with sizes and what can be done', async () => {
    const { title, items } = await manage();
    assert.equal(title, 'Downloaded Models, 9.2 MB in All');
    assert.deepEqual(
      items.map(({ label, description }) => [label, description]),
      [['Tiny', '9.2 MB · verified']],
    );
    assert.deepEqual(
      items[0]!.buttons!.map(({ tooltip }) => tooltip),
      ['Verify', 'Reveal Folder', 'Delete…'],
    );
  });

  it('are verified', async () => {
    await manage('Verify');
    assert.deepEqual(setting.user.said, ['All files of Tiny are as they should be.']);
    assert.match(setting.user.progress.join('\n'), /Verifying Tiny\n.*of 9\.2 MB/);
  });

  it('are repaired where bytes are wrong or missing, by what is missing only', async () => {
    const { user, hub } = setting;
    const good = readFileSync(weights());
    writeFileSync(weights(), Buffer.alloc(good.length));
    rmSync(setting.file(TINY_ID, 'config.json'));
    const asked = hub.seen.length;
    user.presses.push('Repair');
    await manage('Verify');
    assert.deepEqual(user.said, [
      'Damaged or missing in Tiny: config.json, model.safetensors.',
      'Tiny is whole again.',
    ]);
    assert.deepEqual(user.messages[0]!.buttons, ['Repair']);
    assert.ok(good.equals(readFileSync(weights())));
    assert.ok(!hub.seen.slice(asked).some(({ path }) => path.endsWith('tokenizer.json')));
    assert.match((await manage()).items[0]!.description!, /verified$/);
  });

  it('may be left as they are', async () => {
    writeFileSync(weights(), '');
    await manage('Verify');
    assert.deepEqual(setting.user.said, ['Damaged or missing in Tiny: model.safetensors.']);
    assert.match((await manage()).items[0]!.description!, /changed since it was verified$/);
  });

  it('are deleted once that is confirmed; the embedded one takes the place of one in use', async () => {
    const { user, services } = setting;
    await write('model', TINY_ID);
    user.picks.push('Delete…');
    await manage('Enter');
    assert.deepEqual(user.said, ['Delete Tiny and free 9.2 MB?']);
    assert.match(user.messages[0]!.detail!, /It is in use/);
    assert.ok(existsSync(weights()));
    user.presses.push('Delete');
    await manage('Delete…');
    assert.equal(chosenModel(), 'demo');
    assert.deepEqual(await services.models.ids(), ['demo']);
    assert.ok(!existsSync(setting.file(TINY_ID, '')));
    user.messages.length = 0;
    await manage();
    assert.match(user.said[0]!, /^No model was downloaded yet/);
  });

  it('are shown in their folder', async () => {
    await manage('Reveal Folder');
    assert.deepEqual(setting.user.commands, ['revealFileInOS']);
  });
});
