import assert from 'node:assert/strict';
import { explanation } from './explanation';
import { describePages, PageSuite } from './pageSuite';
import { PanelPage, type PanelOptions } from './panelPage';

export const WORDS = ['red circle', 'blue square'];
export const DEVICE = 'CPU fp32 · 48 ms';
/** Left half red, right half blue. */
export const HALVES =
  "g.fillStyle = '#c80000'; g.fillRect(0, 0, 40, 40); g.fillStyle = '#0000c8'; g.fillRect(40, 0, 40, 40)";
export const RED = [200, 0, 0, 255];
export const MAPS = { 'red circle': [0.3, 0.1, 0.1, 0.2], 'blue square': [0.1, 0.15, 0.1, 0.2] };

export class PanelSuite extends PageSuite<PanelPage, PanelOptions> {
  get panel(): PanelPage {
    return this.page;
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
}

/** Tests of the panel's page. */
export function describePanel(title: string, define: (suite: PanelSuite) => void): void {
  describePages(title, new PanelSuite((browser, options) => PanelPage.open(browser, options)), define);
}
