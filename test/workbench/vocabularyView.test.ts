import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { examples } from './support/paths';
import type { Locator } from './support/playwright';
import { Workbench } from './support/workbench';

describe('the view "Vocabulary"', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({ workspace: examples });
    await workbench.page.locator('.activitybar a[aria-label^="CLIP Surgery"]').click();
    await row('Vocabulary demo, ').waitFor();
  });
  after(() => workbench?.close());

  const file = () => path.join(workbench.folder, 'clip-vocabulary.json');

  /** What a screen reader says of a row begins like this. */
  function row(label: string): Locator {
    return workbench.page.locator(`.customview-tree .monaco-list-row[aria-label^="${label}"]`).first();
  }

  /** What the view shows in place of rows. */
  function welcome(selector: string, hasText?: string): Locator {
    return workbench.page.locator(`.welcome-view-content ${selector}`, { hasText });
  }

  /** The words of the vocabulary in the file, once they are so. */
  async function holds(...words: string[]): Promise<void> {
    let text = '';
    const expected = words.map((word) => `"${word}"`).join(' ');
    for (const end = Date.now() + 20_000; ; await workbench.page.waitForTimeout(50)) {
      if (existsSync(file())) text = readFileSync(file(), 'utf8');
      if ((/"mine": \[([^\]]*)\]/.exec(text)?.[1]?.match(/"[^"]*"/g) ?? []).join(' ') === expected) return;
      assert.ok(Date.now() < end, text);
    }
  }

  /** Types into the box that a command opens. */
  async function type(text: string): Promise<void> {
    await workbench.quickInput.fill(text);
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.waitFor({ state: 'hidden' });
  }

  it('begins a vocabulary and a file, and says so', async () => {
    await workbench.command('CLIP Surgery: New Vocabulary…');
    await type('mine');
    await workbench.toast('The vocabulary is now kept in “clip-vocabulary.json”.').waitFor();
    await welcome('.monaco-button').first().waitFor();
  });

  it('shows what is added in the palette', async () => {
    await workbench.command('CLIP Surgery: Add Prompt…');
    await type('dog, a star, heart');
    await row('Vocabulary mine, 3 prompts, in use').waitFor();
    await holds('dog', 'a star', 'heart');
  });

  it('lets one drag a prompt to another place', async () => {
    await row('heart').dragTo(row('dog'));
    await holds('heart', 'dog', 'a star');
    // Rows still move when the file is written: a click could hit another one.
    await workbench.page.locator('.customview-tree .monaco-list-row[data-index="1"][aria-label^="heart"]').waitFor();
  });

  it('renames with F2 and removes with Delete', async () => {
    await row('a star').click();
    await workbench.page.keyboard.press('F2');
    await type('blue star');
    await row('blue star').click();
    await row('dog').click({ modifiers: ['Control'] });
    await workbench.page.keyboard.press('Delete');
    await holds('heart');
  });

  it('leaves a prompt out while its box is not checked', async () => {
    await row('heart').locator('.custom-view-tree-node-item-checkbox').click();
    await row('Vocabulary mine, 1 prompt, 1 left out, in use').waitFor();
    await holds('heart');
  });

  it('says how to begin where there are no prompts', async () => {
    await row('heart').click();
    await workbench.page.keyboard.press('Delete');
    await welcome('p', 'The vocabulary is empty').waitFor();
    await welcome('.monaco-button', 'Add Prompt').click();
    await type('circle');
    await holds('circle');
  });
});
