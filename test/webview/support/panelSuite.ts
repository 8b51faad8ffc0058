import assert from 'node:assert/strict';
import { launchBrowser, type Browser } from './browser';
import { explanation } from './explanation';
import { PanelPage, type PanelOptions } from './panelPage';

export const WORDS = ['red circle', 'blue square'];
export const DEVICE = 'CPU fp32 · 48 ms';
/** Left half red, right half blue. */
export const HALVES =
  "g.fillStyle = '#c80000'; g.fillRect(0, 0, 40, 40); g.fillStyle = '#0000c8'; g.fillRect(40, 0, 40, 40)";
export const RED = [200, 0, 0, 255];
export const MAPS = { 'red circle': [0.3, 0.1, 0.1, 0.2], 'blue square': [0.1, 0.15, 0.1, 0.2] };

/** One browser for the tests of a suite, and a page for each. */
export class PanelSuite {
  private browser: Browser | undefined;
  private opened: PanelPage | undefined;

  get panel(): PanelPage {
    assert.ok(this.opened, 'the test has opened no page');
    return this.opened;
  }

  /** @returns false where there is no browser */
  async launch(): Promise<boolean> {
    this.browser = await launchBrowser();
    return this.browser !== undefined;
  }

  async open(options?: PanelOptions): Promise<PanelPage> {
    this.opened = await PanelPage.open(this.browser!, options);
    return this.opened;
  }

  /** Opens a page with a picture of 80 by 40 on a grid of 2 by 2, explained. */
  async ready(options?: PanelOptions): Promise<PanelPage> {
    const panel = await this.open(options);
    assert.deepEqual(await panel.posted(), [{ type: 'ready' }]);
    await panel.sendSetup({ prompts: WORDS, note: 'Knows shapes.' });
    await panel.sendPlace(['shapes.png']);
    await panel.sendPicture(HALVES, 80, 40);
    await this.explain();
    return panel;
  }

  async explain(): Promise<void> {
    await this.panel.send({ type: 'explanation', explanation: explanation(MAPS, 2, 2), device: DEVICE });
    await this.panel.waitForState('ready');
  }

  /** Whatever a test does, the page must not try what its policy forbids. */
  async close(): Promise<void> {
    if (!this.opened) return;
    const violations = await this.opened.violations();
    await this.opened.close();
    this.opened = undefined;
    assert.deepEqual(violations, []);
  }

  quit(): Promise<void> | undefined {
    return this.browser?.close();
  }
}

/** Tests of the panel's page; skipped where there is no browser. */
export function describePanel(title: string, define: (suite: PanelSuite) => void): void {
  describe(title, function () {
    this.timeout(60_000);
    const suite = new PanelSuite();
    before(async function () {
      if (await suite.launch()) return;
      console.log('      no browser, or the harness is not installed: the page is not tested');
      this.skip();
    });
    afterEach(() => suite.close());
    after(() => suite.quit());
    define(suite);
  });
}
