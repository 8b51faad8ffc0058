import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { hasSwiftShader, swiftShaderEnv } from '../fixtures/swiftShader';
import { Panel } from './support/panel';
import { examples } from './support/paths';
import { readmePicture } from './support/readmePicture';
import { Workbench } from './support/workbench';

const scene = 'park.png';
/** As a user has them who never looked. */
const untouched = { 'clipSurgery.executionProvider': 'auto', 'clipSurgery.precision': 'auto' };

/** A software GPU takes its time. */
const fewWords = { active: 'few', templates: 'none', vocabularies: { few: ['dog', 'tree'] } };

describe('devices', () => {
  let workbench: Workbench;
  let panel: Panel;
  afterEach(() => workbench?.close());

  async function open(env: NodeJS.ProcessEnv): Promise<void> {
    workbench = await Workbench.open({ workspace: examples, env, settings: untouched });
    writeFileSync(path.join(workbench.folder, 'clip-vocabulary.json'), JSON.stringify(fewWords));
    panel = new Panel(workbench);
    await workbench.contextMenu(workbench.explorerFile(scene), 'Explain Image');
    await panel.shows(scene);
    await workbench.statusBarItem('Demo · CPU').waitFor();
  }

  /** Opens the list and waits until all is tested. */
  async function list(): Promise<void> {
    await workbench.command('CLIP Surgery: Select Device…');
    await tested();
  }

  async function tested(): Promise<void> {
    await workbench.quickPickRow('Automatic').waitFor();
    for (const waiting of ['not tested yet', 'being tested…']) {
      await workbench.quickPickRow(waiting).waitFor({ state: 'hidden', timeout: 120_000 });
    }
  }

  const row = (label: string) =>
    workbench.page.locator(`.quick-input-widget:visible .monaco-list-row[aria-label^="${label}"]`).first();
  const rowText = async (label: string) => (await row(label).innerText()).replace(/\s+/g, ' ');

  it('are listed where there is no GPU, with the reason why; one is chosen', async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    await open({ VK_ICD_FILENAMES: '/none' });
    assert.match(await panel.locator('.device').first().innerText(), /^CPU fp32 · \d+ ms$/);
    await list();
    assert.match(await rowText('WebGPU'), /does not work here.*No GPU that WebGPU can use was found\./);
    assert.match(await rowText('CUDA'), /not set up.*Needs libraries that are not included/);
    assert.match(await rowText('CPU · fp32'), /ms a picture/);
    assert.match(
      await rowText('CPU · int8'),
      /ms a picture.*Maps differ by 0\.0\d\d on average; the maximum stays in \d+ % of \d+\./,
    );
    for (const theme of ['light', 'dark'] as const) {
      await workbench.page.keyboard.press('Escape');
      await workbench.theme(theme);
      await list();
      await workbench.page.mouse.move(640, 700); // what the pointer rests on has a tooltip
      await workbench.page.waitForTimeout(500);
      const picture = await workbench.screenshot(`devices-pick-${theme}`);
      if (theme === 'dark') readmePicture(picture, 'devices-dark');
    }
    await row('CPU · fp32').click();
    await workbench.statusBarItem('The next picture is explained on CPU').waitFor();
    await list();
    await row('CPU · fp32').locator('.codicon-check').waitFor();
    await row('Automatic').click();
    await list();
    await row('Automatic').locator('.codicon-check').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.statusBarItem('Demo · CPU').hover();
    await workbench.page.locator('.monaco-hover', { hasText: 'Device: CPU fp32' }).waitFor();
    await workbench.screenshot('devices-status');
    await workbench.page.locator('.monaco-hover a', { hasText: 'Select Device…' }).click();
    await row('CUDA').click();
    await workbench.page.locator('.settings-editor .setting-item', { hasText: 'Cuda: Libraries' }).waitFor();
    await workbench.page.waitForTimeout(500);
    await workbench.screenshot('devices-cuda');
  });

  it('may be a GPU that is slower than the CPU, and computes where it is chosen', async function () {
    if (!hasSwiftShader) this.skip();
    await open(swiftShaderEnv);
    await panel.button('More actions').click();
    await workbench.menuItem('Select Device…').waitFor();
    await workbench.page.waitForTimeout(250); // a click that comes right after the menu opens would be dropped
    await workbench.menuItem('Select Device…').click();
    await tested();
    assert.match(await rowText('WebGPU · fp32'), /no faster than CPU fp32/);
    await workbench.screenshot('devices-pick-slow');
    await row('WebGPU · fp32').click();
    await panel.choose('Method', 'Raw CLIP');
    await workbench.statusBarItem('Demo · WebGPU').waitFor();
    assert.match(await panel.locator('.device').first().innerText(), /^WebGPU fp32 · \d+ ms$/);
    assert.equal(await panel.provenance('computed on'), 'WebGPU, fp32');
  });
});
