import assert from 'node:assert/strict';
import { describePanel, WORDS } from './support/panelSuite';

describePanel('note of the panel', (suite) => {
  const note = () => suite.panel.page.locator('.note');
  const link = () => suite.panel.page.locator('.note .link');

  it('leads from the embedded model to real ones, by mouse and by keyboard', async () => {
    const panel = await suite.ready();
    await panel.sendSetup({ prompts: WORDS, note: 'Demo model: knows drawn shapes.', isDemo: true });
    assert.equal(await note().textContent(), 'Demo model: knows drawn shapes. Get a real CLIP');
    await panel.posted();
    await link().click();
    await link().focus();
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await panel.posted(), [{ type: 'select-model' }, { type: 'select-model' }]);
  });

  it('says of another model what it knows, and nothing where that is not known', async () => {
    const panel = await suite.ready();
    await panel.sendSetup({ prompts: WORDS, note: 'Knows the world.', isDemo: false });
    assert.equal(await note().isVisible(), true);
    assert.equal(await link().isVisible(), false);
    await panel.sendSetup({ prompts: WORDS, isDemo: false });
    assert.equal(await note().isVisible(), false);
  });
});
