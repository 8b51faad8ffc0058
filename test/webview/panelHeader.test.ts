import assert from 'node:assert/strict';
import { THEMES } from './support/themes';
import { describePanel, HALVES, WORDS } from './support/panelSuite';

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

const SQUASH = { method: 'clip-surgery', aspect: 'squash' } as const;

describePanel('panel header', (suite) => {
  const text = (selector: string) => suite.panel.page.locator(selector).textContent();
  const boxes = (selector: string) =>
    suite.panel.page.evaluate<Box[]>(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map((e) => e.getBoundingClientRect().toJSON())`,
    );
  const icon = (label: string) => suite.panel.page.locator(`header vscode-button[aria-label="${label}"]`);

  it('asks for another method, size and shape', async () => {
    const panel = await suite.ready();
    const choose = async (list: number, option: number) => {
      await panel.page.locator('vscode-dropdown').nth(list).click();
      await panel.page.locator(`vscode-dropdown >> nth=${list} >> vscode-option`).nth(option).click();
      await panel.settle();
      const [posted, ...others] = await panel.posted();
      assert.deepEqual(others, []);
      assert.ok(posted?.type === 'explain');
      assert.deepEqual(posted.prompts, WORDS);
      return posted.settings;
    };
    assert.deepEqual(await panel.page.locator('vscode-option').allTextContents(), [
      ...['Surgery', 'Architecture only', 'Feature surgery only', 'Raw CLIP'],
      ...['64 px (native)', '96 px', '192 px', 'squash', 'keep ratio'],
    ]);
    const size = panel.page.locator('vscode-dropdown').nth(1);
    assert.equal(await size.getAttribute('title'), 'Size: 12 × 12 patches', 'the default is chosen');
    assert.deepEqual(await choose(0, 2), { ...SQUASH, method: 'feature-surgery' });
    assert.deepEqual(await choose(1, 0), { ...SQUASH, method: 'feature-surgery', side: 64 });
    assert.equal(await size.getAttribute('title'), 'Size: 8 × 8 patches');
    assert.deepEqual(await choose(2, 1), { method: 'feature-surgery', aspect: 'keep', side: 64 });
    const { side, ...rest } = await choose(1, 1);
    assert.equal(side, undefined, 'the default is what is said by saying nothing');
    assert.deepEqual(rest, { method: 'feature-surgery', aspect: 'keep' });
    assert.equal(await panel.page.locator('.edited').isVisible(), false, 'the words are still those of the vocabulary');
  });

  it('chooses with the keyboard and shows what the host says', async () => {
    const panel = await suite.ready();
    await panel.page.locator('vscode-dropdown').nth(0).focus();
    await panel.page.keyboard.press('ArrowDown');
    await panel.settle();
    assert.deepEqual(await panel.posted(), [
      { type: 'explain', prompts: WORDS, settings: { ...SQUASH, method: 'architecture-surgery' } },
    ]);
    await panel.sendSetup({ prompts: WORDS, settings: { method: 'raw', aspect: 'keep', side: 192 } });
    const values = () =>
      panel.page.evaluate<string[]>("[...document.querySelectorAll('vscode-dropdown')].map((list) => list.value)");
    assert.deepEqual(await values(), ['raw', '192', 'keep']);
    const sizes = [{ side: 224, patches: 14, isNative: true, isDefault: true }];
    await panel.sendSetup({ prompts: WORDS, settings: SQUASH, sizes });
    assert.deepEqual(await values(), ['clip-surgery', '224', 'squash'], 'of another model');
    assert.deepEqual(await panel.posted(), []);
  });

  it('opens its lists within the view', async () => {
    const panel = await suite.ready({ width: 460, height: 400 });
    for (const list of [0, 1, 2]) {
      await panel.page.locator('vscode-dropdown').nth(list).click();
      await panel.settle();
      const box = await panel.page.evaluate<Box>(
        `document.querySelectorAll('vscode-dropdown')[${list}].shadowRoot.querySelector('.listbox').getBoundingClientRect().toJSON()`,
      );
      assert.ok(box.right > box.left && box.right <= 460 && box.bottom <= 400 && box.top >= 0, JSON.stringify(box));
      await panel.page.keyboard.press('Escape');
    }
  });

  it('walks back and forward by mouse and by keyboard', async () => {
    const panel = await suite.ready();
    const { keyboard } = panel.page;
    assert.equal(await icon('Back').getAttribute('disabled'), '');
    await keyboard.press('Alt+ArrowLeft');
    assert.deepEqual(await panel.posted(), [], 'there is nowhere to go');
    await panel.sendPlace(['shapes.png'], 0, { canGoBack: true, canGoForward: true });
    await icon('Back').click();
    await icon('Forward').click();
    await panel.page.locator('.tile').nth(1).focus();
    await keyboard.press('Alt+ArrowLeft');
    await panel.page.locator('.chip .word').nth(0).focus();
    await keyboard.press('Alt+ArrowRight');
    await keyboard.press('Enter');
    await keyboard.press('Alt+ArrowLeft');
    assert.deepEqual(
      (await panel.posted()).map((message) => message.type === 'walk' && message.by),
      [-1, 1, -1, 1],
      'the last one was typed into a word',
    );
    await keyboard.press('Escape');
    await icon('Forward').focus();
    await panel.sendPlace(['shapes.png'], 0, { canGoBack: true });
    assert.equal(await panel.page.evaluate("document.activeElement.getAttribute('aria-label')"), 'Back');
  });

  it('pins the panel', async () => {
    const panel = await suite.ready();
    assert.equal(await icon('Keep this panel').getAttribute('aria-pressed'), 'false');
    await icon('Keep this panel').click();
    await panel.sendPlace(['shapes.png'], 0, { isPinned: true });
    assert.equal(await icon('Keep this panel').getAttribute('aria-pressed'), 'true');
    assert.equal(await panel.page.locator('.codicon-pinned').count(), 1);
    await icon('Keep this panel').focus();
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await panel.posted(), [
      { type: 'pin', isPinned: true },
      { type: 'pin', isPinned: false },
    ]);
  });

  it('opens the editor’s own menu, and no clipboard items where there is no text', async () => {
    const panel = await suite.ready();
    // What the editor does with the event: the closest context wins.
    await panel.page.evaluate(`addEventListener('contextmenu', (event) => {
      const contexts = [];
      for (let at = event.target.closest('[data-vscode-context]'); at; at = at.parentElement?.closest('[data-vscode-context]')) {
        contexts.unshift(JSON.parse(at.dataset.vscodeContext));
      }
      posted.push({ ...Object.assign({}, ...contexts), x: event.clientX, y: event.clientY });
    })`);
    await icon('More actions').click();
    const [{ left, bottom }] = (await boxes('header vscode-button[aria-label="More actions"]')) as [Box];
    const none = { preventDefaultContextMenuItems: true };
    assert.deepEqual(await panel.posted(), [{ webviewSection: 'more', ...none, x: left, y: bottom }]);
    await icon('More actions').focus();
    await panel.page.keyboard.press('Enter');
    assert.equal((await panel.posted()).length, 1);
    await panel.page.locator('.add').click();
    for (const selector of ['.note', '.editor', '#provenance']) {
      await panel.page.evaluate(
        `document.querySelector('${selector}').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true }))`,
      );
    }
    assert.deepEqual(
      (await panel.posted()).map((context) => (context as unknown as typeof none).preventDefaultContextMenuItems),
      [true, false, false],
    );
  });

  it('says how the maps were made, and scrolls where that is long', async () => {
    const panel = await suite.ready({ width: 460, height: 230 });
    await panel.page.locator('.device').focus();
    await panel.page.keyboard.press('Enter');
    await panel.settle();
    assert.equal(await panel.page.locator('#provenance').isVisible(), true);
    assert.match((await text('#provenance'))!, /checkpointsha256 cdcd/);
    const [box] = (await boxes('#provenance')) as [Box];
    assert.ok(box.bottom <= 230 && box.right <= 460, JSON.stringify(box));
    const before = await panel.page.evaluate("document.querySelector('#provenance').scrollTop");
    await panel.page.keyboard.press('End');
    await panel.waitUntil(`document.querySelector('#provenance').scrollTop > ${before as number}`);
    await panel.page.keyboard.press('Escape');
    assert.equal(await panel.page.locator('#provenance').isVisible(), false);
    assert.equal(await panel.page.evaluate('document.activeElement.className'), 'device');
  });

  it('says in passing what was done', async () => {
    const panel = await suite.ready();
    await panel.send({ type: 'done', message: 'copied' });
    assert.equal(await text('.passing[role=status]'), 'copied');
    assert.equal(await panel.state(), 'ready');
    await panel.waitUntil("document.querySelector('.passing').textContent === ''");
  });

  it('raises the tile of a chip, and scrolls a narrow row of chips', async () => {
    const panel = await suite.ready({ width: 460 });
    const hot = () => panel.page.locator('.tile.hot').allTextContents();
    await panel.page.locator('.chip').nth(1).hover();
    assert.match((await hot()).join(), /^blue square/);
    await panel.page.mouse.move(2, 2);
    assert.deepEqual(await hot(), []);
    await panel.page.locator('.chip .word').nth(0).focus();
    assert.match((await hot()).join(), /^red circle/);
    await panel.sendSetup({ prompts: Array.from({ length: 12 }, (_, i) => `a longer word ${i}`) });
    const [row] = (await boxes('.chips')) as [Box];
    assert.ok(row.bottom - row.top < 30, 'one row');
    await panel.page.locator('.chip .word').nth(11).focus();
    const [last, add] = [...(await boxes('.chip')).slice(-1), ...(await boxes('.add'))];
    assert.ok(last!.left >= row.left && last!.right <= add!.left, 'a chip with the focus is in sight');
    assert.ok(add!.right <= row.right + 1, 'the way to add one is always in sight');
  });

  for (const theme of Object.keys(THEMES) as (keyof typeof THEMES)[]) {
    for (const [width, rows] of [
      [460, 2],
      [560, 2],
      [700, 2],
      [1120, 1],
    ] as const) {
      it(`takes ${rows === 1 ? 'one row' : 'two rows'} at ${width} px, ${theme}`, async () => {
        const panel = await suite.open({ theme, width });
        const settings = { method: 'feature-surgery', aspect: 'keep', side: 64 } as const;
        await panel.sendSetup({ prompts: WORDS, settings });
        await panel.sendPlace(['a.png'], 0, { canGoBack: true, isPinned: true });
        await panel.sendPicture(HALVES, 80, 40, 'a-picture-with-quite-a-long-name-indeed.png');
        for (const stage of ['encoding the image, 1024 px', undefined]) {
          if (stage) await panel.send({ type: 'working', stage });
          else await suite.explain();
          const parts = (await boxes('header > :not(.passing)')).filter(
            ({ right, left, top }) => right > left && top < 60,
          );
          const tops = new Set(parts.map(({ top, bottom }) => Math.round((top + bottom) / 2)));
          assert.equal(tops.size, rows, [...tops].join());
          assert.ok(Math.max(...parts.map(({ right }) => right)) <= width, 'nothing is cut off');
          const controls = await boxes('header vscode-button, header .device, header vscode-dropdown');
          const shown = controls.filter(({ right, left }) => right > left);
          for (const [i, a] of shown.entries()) {
            for (const b of shown.slice(i + 1)) {
              const isApart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
              assert.ok(isApart, `${JSON.stringify(a)} ${JSON.stringify(b)}`);
            }
          }
        }
      });
    }
  }
});
