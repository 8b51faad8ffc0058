import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FakeHub } from '../models/support/fakeHub';
import { Panel } from './support/panel';
import { examples, repository } from './support/paths';
import { readmePicture } from './support/readmePicture';
import { Workbench } from './support/workbench';

const scene = 'park.png';
const REPOSITORY = 'org/tiny';

describe('models', () => {
  let hub: FakeHub;
  let workbench: Workbench;
  let panel: Panel;

  before(async () => {
    hub = await FakeHub.start();
    for (const name of ['config.json', 'tokenizer.json', 'model.safetensors']) {
      hub.add(REPOSITORY, name, readFileSync(path.join(repository, 'models/demo', name)));
    }
    workbench = await Workbench.open({ workspace: examples, env: { HF_ENDPOINT: hub.endpoint } });
    panel = new Panel(workbench);
    await workbench.contextMenu(workbench.explorerFile(scene), 'Explain Image');
    await panel.shows(scene);
  });
  after(async () => {
    await workbench?.close();
    await hub?.stop();
  });

  it('are listed when the panel’s link is clicked', async () => {
    for (const theme of ['light', 'dark'] as const) {
      await workbench.theme(theme);
      await panel.ready();
      await panel.locator('.note .link', 'Get a real CLIP').click();
      for (const row of ['Demo', 'OpenAI ViT-B/16']) await workbench.quickPickRow(row).waitFor();
      await workbench.page.waitForTimeout(500);
      const picture = await workbench.screenshot(`models-pick-${theme}`);
      if (theme === 'dark') readmePicture(picture, 'models-dark');
      await workbench.page.keyboard.press('Escape');
      await workbench.quickInput.waitFor({ state: 'hidden' });
    }
  });

  it('come from the hub, and an open panel follows', async () => {
    await workbench.statusBarItem('Demo · CPU').click();
    await workbench.quickInput.fill('From Hub');
    await workbench.quickPickRow('From Hub Repository…').click();
    await workbench.page.locator('.quick-input-widget:visible', { hasText: 'Hub Repository' }).waitFor();
    await workbench.quickInput.fill(REPOSITORY);
    await workbench.page.keyboard.press('Enter');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /Size: 9\.2 MB[^]*Licence: mit[^]*From: org\/tiny/);
    await workbench.screenshot('models-confirm');
    await dialog.locator('.monaco-button', { hasText: 'Download' }).click();
    await workbench.statusBarItem(`${REPOSITORY} · CPU`).waitFor();
    await panel.locator('#provenance dd', REPOSITORY).first().waitFor({ state: 'attached' });
    await panel.ready();
    assert.equal(await panel.locator('.note .link').isVisible(), false, 'this one is real');
  });

  it('are deleted by keyboard, and the embedded one explains again', async () => {
    const { keyboard } = workbench.page;
    await panel.locator('.chip', 'car').locator('.remove').click(); // a panel with words of its own follows, too
    await panel.ready();
    await workbench.command('CLIP Surgery: Manage Models…');
    await workbench.quickPickRow(REPOSITORY).waitFor();
    await workbench.screenshot('models-manage');
    await keyboard.press('Enter');
    await workbench.quickPickRow('Delete…').click();
    await workbench.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Delete' }).click();
    await workbench.statusBarItem('Demo · CPU').waitFor();
    await panel.locator('.note .link', 'Get a real CLIP').waitFor();
    await panel.locator('#provenance dd', 'Demo').first().waitFor({ state: 'attached' });
    await panel.ready();
    assert.equal(await panel.map('car').count(), 0);
  });
});
