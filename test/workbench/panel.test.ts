import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import { assertPointsAt } from './support/scenes';
import { Workbench } from './support/workbench';

const scene = 'pond.png';

describe('the panel', () => {
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    workbench = await Workbench.open({ workspace: examples });
    panel = new Panel(workbench);
    await explain(scene);
    await panel.shows(scene);
  });
  after(() => workbench?.close(1));

  async function explain(file: string): Promise<void> {
    await workbench.contextMenu(workbench.explorerFile(file), 'Explain Image');
  }

  /** Writes a word in place of another one, by keyboard alone. */
  async function rename(word: string, other: string): Promise<void> {
    const { keyboard } = workbench.page;
    await panel.locator('.chip .word', word).focus();
    await keyboard.press('Enter');
    await panel.locator('.chip input').waitFor();
    await keyboard.press('Control+A');
    await keyboard.type(other);
    await keyboard.press('Enter');
    await panel.ready();
  }

  it('follows words that are edited by keyboard', async () => {
    await rename('bicycle', 'duck');
    await rename('tree', 'turtle');
    assert.deepEqual((await panel.words()).slice(0, 3), ['dog', 'duck', 'turtle']);
    assert.equal(await panel.map('bicycle').count(), 0);
    for (const name of ['duck', 'turtle']) await assertPointsAt(panel, scene, name);
  });

  it('keeps the words for the next picture', async () => {
    await explain('living-room.png');
    await panel.shows('living-room.png');
    await panel.map('duck').waitFor();
  });

  it('reads out a patch by keyboard, starting where the map is highest', async () => {
    await explain(scene);
    await panel.shows(scene);
    await panel.locator('figure[aria-label^="duck"]').focus();
    await workbench.page.keyboard.press('ArrowRight');
    assert.equal(await panel.locator('.readout .reading', 'duck').locator('.value').innerText(), '1.00');
  });

  it('draws its maps again after it was hidden', async () => {
    await workbench.openFile('scenes.json');
    await workbench.tab(scene).click();
    await panel.shows(scene);
    await assertPointsAt(panel, scene, 'duck');
  });

  it('comes back in a reloaded window, with picture, words, settings and pin', async () => {
    await panel.choose('Method', 'Raw CLIP');
    await panel.choose('Size', '96 px');
    await panel.button('Keep this panel').click();
    assert.match((await panel.provenance('method'))!, /^Raw CLIP/);
    const words = await panel.words();
    await workbench.reload(['"method":"raw"', '"side":96', '"isPinned":true']);
    await panel.shows(scene);
    assert.deepEqual(await panel.words(), words);
    assert.match((await panel.provenance('method'))!, /^Raw CLIP/);
    assert.equal(await panel.provenance('grid'), '12 rows × 12 columns');
    assert.equal(await panel.button('Keep this panel').getAttribute('aria-pressed'), 'true');
    await panel.button('Keep this panel').click();
    await panel.choose('Size', '96 px');
    await panel.choose('Method', 'Surgery');
  });

  it('goes back to the words of the model', async () => {
    await panel.locator('.edited .reset').click();
    await panel.map('bicycle').waitFor();
    await panel.ready();
    assert.equal(await panel.map('duck').count(), 0);
  });

  for (const [file, content] of [
    ['empty.png', ''],
    ['text.png', 'This is no picture.'],
  ] as const) {
    it(`says in one sentence that ${file} is no picture`, async () => {
      writeFileSync(path.join(workbench.folder, file), content);
      await explain(file);
      const problem = await panel.problem();
      assert.match(problem, /^[A-Z"].{10,160}\.$/);
      assert.doesNotMatch(problem, /\bError\b|undefined|\bat \//);
      await panel.locator('.notice vscode-button', 'Try again').waitFor();
      assert.equal(await workbench.page.locator('.notifications-toasts .notification-list-item').count(), 0);
    });
  }

  it('works on after a failure', async () => {
    await explain('living-room.png');
    await panel.shows('living-room.png');
    assert.equal(await panel.locator('.notice').isVisible(), false);
  });

  it('loads nothing that its content security policy forbids', async () => {
    assert.deepEqual(workbench.refusals(), []);
    // The check sees what it looks for: this is refused, and said.
    await panel.locator('body').evaluate((body: { insertAdjacentHTML(where: string, html: string): void }) => {
      body.insertAdjacentHTML('beforeend', '<img src="https://example.invalid/forbidden.png">');
    });
    await workbench.page.waitForTimeout(500);
    assert.equal(workbench.refusals().length, 1);
  });
});
