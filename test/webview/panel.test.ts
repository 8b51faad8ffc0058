import assert from 'node:assert/strict';
import { colorTable } from '../../src/heatmap/colorMap';
import { DEFAULT_LOOK } from '../../webview/camView/look';
import { explanation } from './support/explanation';
import type { PanelOptions, PanelPage } from './support/panelPage';
import { describePanel, DEVICE, HALVES, MAPS, RED, WORDS } from './support/panelSuite';

const map = (word: string) => `canvas.map[data-prompt="${word}"]`;

describePanel('panel', (suite) => {
  let panel: PanelPage;
  const ready = async (options?: PanelOptions) => (panel = await suite.ready(options));

  /** Prompts that the page asked for, and the types of its other messages. */
  const asked = async () =>
    (await panel.posted()).map((message) => (message.type === 'explain' ? message.prompts.join('|') : message.type));
  const chips = () => panel.page.locator('.chip .word').allTextContents();
  const text = (selector: string) => panel.page.locator(selector).textContent();

  it('goes from nothing to maps', async () => {
    panel = await suite.open();
    await panel.send({ type: 'empty' });
    await panel.page.locator('.welcome vscode-button').nth(0).click();
    await panel.page.locator('.welcome vscode-button').nth(1).click();
    assert.deepEqual(await panel.posted(), [{ type: 'ready' }, { type: 'choose' }, { type: 'example' }]);
    await panel.sendSetup({ prompts: WORDS, settings: { method: 'raw', aspect: 'squash' } });
    await panel.sendPlace(['a.png']);
    assert.equal(await text('.welcome b'), 'See which parts of a picture CLIP ties to which words.');
    await panel.sendPicture(HALVES, 80, 40, 'a.png');
    await panel.send({ type: 'working', stage: 'encoding image, 512 px' });
    assert.equal(await panel.state(), 'working');
    assert.equal(await text('.skeleton .stage >> nth=0'), 'encoding image, 512 px');
    assert.deepEqual(await panel.pixel('canvas.picture', 0.25, 0.5), RED);
    const before = await panel.page.locator(map('red circle')).boundingBox();
    await panel.page.locator('.working vscode-button').click();
    assert.deepEqual(await panel.posted(), [{ type: 'cancel' }]);
    await panel.send({ type: 'explanation', explanation: explanation(MAPS, 2, 2), device: DEVICE });
    await panel.waitForState('ready');
    assert.deepEqual(await panel.page.locator(map('red circle')).boundingBox(), before, 'nothing jumps');
    assert.equal(await text('.device'), DEVICE);
    assert.deepEqual([await text('.name'), await text('.size')], ['a.png', '80 × 40']);
    assert.deepEqual(await panel.page.locator('.skeleton').count(), 0);
    assert.match(
      (await panel.page.locator('.tile').nth(1).getAttribute('aria-label'))!,
      /^red circle: score 0\.60, share among these 2 words; highest at row 1, column 1/,
    );
  });

  it('draws the colours of the table at opacity 1, the picture at 0 and a mix in between', async () => {
    await ready();
    const table = colorTable('viridis');
    const [top, bottom] = [[...table.subarray(765)], [...table.subarray(0, 3)]];
    await panel.slide('opacity', 100);
    assert.deepEqual(await panel.pixel(map('red circle'), 0, 0), [...top, 255]);
    assert.deepEqual(await panel.pixel(map('red circle'), 0.99, 0), [...bottom, 255]);
    await panel.slide('opacity', 0);
    assert.deepEqual(await panel.pixel(map('red circle'), 0, 0), RED);
    await panel.slide('opacity', 50);
    const half = top.map((value, i) => (value + RED[i]!) / 2);
    (await panel.pixel(map('red circle'), 0, 0)).slice(0, 3).forEach((value, i) => {
      assert.ok(Math.abs(value - half[i]!) <= 0.5, `${value} ${half[i]}`);
    });
    assert.deepEqual(await panel.posted(), [], 'sliders are none of the host’s business');
  });

  it('leaves out what is below the threshold', async () => {
    await ready();
    await panel.slide('opacity', 100);
    await panel.slide('threshold', 60);
    assert.deepEqual(await panel.pixel(map('red circle'), 0, 0.99), RED);
    assert.notDeepEqual(await panel.pixel(map('red circle'), 0, 0), RED);
  });

  it('shows the grid as it is and one scale for all words', async () => {
    await ready({ scale: 2 });
    await panel.slide('opacity', 100);
    const inPatch = async (word: string) => [
      await panel.pixel(map(word), 0.02, 0.02),
      await panel.pixel(map(word), 0.48, 0.48),
    ];
    const [smoothCorner, smoothCentre] = await inPatch('red circle');
    assert.notDeepEqual(smoothCorner, smoothCentre);
    await panel.choose('patches');
    const [corner, centre] = await inPatch('red circle');
    assert.deepEqual(corner, centre);
    assert.deepEqual(corner, [...colorTable('viridis').subarray(765), 255]);

    const own = await panel.pixel(map('blue square'), 0.9, 0.9);
    await panel.choose('shared');
    assert.deepEqual(own, [...colorTable('viridis').subarray(765), 255]);
    const index = Math.trunc(255 * Math.fround((0.2 - 0.1) / (0.3 - 0.1)));
    const shared = await panel.pixel(map('blue square'), 0.9, 0.9);
    assert.ok(
      [index - 1, index, index + 1].some(
        (i) => String([...colorTable('viridis').subarray(i * 3, i * 3 + 3), 255]) === String(shared),
      ),
    );
    assert.deepEqual([await text('.legend .low'), await text('.legend .high')], ['0.100', '0.300']);
    assert.match((await panel.page.locator('.legend').getAttribute('title'))!, /^shared/);
  });

  it('reads all words at the patch under the pointer and under the cursor', async () => {
    await ready();
    const box = (await panel.page.locator(map('red circle')).boundingBox())!;
    await panel.page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.25);
    assert.equal(await text('.place'), 'row 1, column 2');
    assert.deepEqual(await panel.page.locator('.reading').allTextContents(), ['blue square0.50', 'red circle0.00']);
    assert.equal(await panel.page.locator('.patch:not([hidden])').count(), 3);
    assert.equal(await panel.page.locator('.chip.hot').textContent(), 'red circle');

    await panel.page.locator('.tile').nth(2).focus();
    await panel.page.mouse.move(5, 5);
    for (const key of ['ArrowDown', 'ArrowLeft']) await panel.page.keyboard.press(key);
    assert.equal(await text('.place'), 'row 2, column 1', 'starts at the peak');
    assert.equal(await text('[aria-live=polite]'), 'row 2, column 1: red circle 0.00, blue square 0.00');
  });

  it('opens one tile large, goes through the words and shows the plain picture', async () => {
    await ready();
    await panel.page.locator(map('red circle')).dblclick();
    const shown = () =>
      panel.page.evaluate<string[]>(
        "[...document.querySelectorAll('.tile:not([hidden]) b')].map((b) => b.textContent)",
      );
    assert.deepEqual(await shown(), ['red circle']);
    await panel.page.keyboard.press('PageDown');
    assert.deepEqual(await shown(), ['blue square']);
    await panel.page.keyboard.press('PageDown');
    assert.deepEqual(await shown(), ['picture']);
    await panel.page.keyboard.press('PageDown');
    await panel.settle();
    const over = await panel.pixel(map('red circle'), 0, 0);
    await panel.page.keyboard.down(' ');
    await panel.settle();
    assert.deepEqual(await panel.pixel(map('red circle'), 0, 0), RED);
    await panel.page.keyboard.up(' ');
    await panel.settle();
    assert.deepEqual(await panel.pixel(map('red circle'), 0, 0), over);
    await panel.page.keyboard.press('Escape');
    assert.deepEqual(await shown(), ['picture', ...WORDS]);
  });

  it('edits prompts with the keyboard', async () => {
    await ready();
    const { keyboard } = panel.page;
    await panel.page.locator('.chip .word').nth(0).focus();
    await keyboard.press('Enter');
    await keyboard.type(' big');
    await keyboard.press('Escape');
    assert.deepEqual([await chips(), await asked()], [WORDS, []]);
    await keyboard.press('F2');
    await keyboard.type(', star,  , Blue  Square');
    await keyboard.press('Enter');
    assert.deepEqual(await chips(), ['red circle', 'star', 'Blue Square']);
    assert.deepEqual(await asked(), ['red circle|star|blue square', 'red circle|star|Blue Square']);
  });

  it('adds, removes, moves and takes back prompts', async () => {
    await ready();
    const { keyboard } = panel.page;
    await panel.page.locator('.add').click();
    await keyboard.type('a boat');
    await keyboard.press('Enter');
    assert.deepEqual(await asked(), ['red circle|blue square|a boat']);
    assert.equal(await panel.state(), 'working');
    assert.equal(await panel.page.locator('.skeleton').count(), 1, 'the maps of the other words stay');
    await keyboard.press('Backspace');
    await keyboard.press('ArrowLeft');
    await keyboard.press('Control+ArrowRight');
    assert.deepEqual(await asked(), ['red circle|a boat|blue square']);
    await keyboard.press('Delete');
    assert.deepEqual(await asked(), ['red circle|a boat']);
    await keyboard.press('Control+z');
    await keyboard.press('Control+z');
    assert.deepEqual(await asked(), ['red circle|a boat|blue square', 'red circle|blue square|a boat']);
    await panel.page.locator('.chip .remove').nth(2).click();
    assert.deepEqual(await asked(), ['red circle|blue square']);
    await panel.page.locator('.edited .reset').click();
    assert.deepEqual(await asked(), ['reset']);
  });

  it('goes from one edit to another with a click, and reorders by dragging', async () => {
    await ready();
    await panel.page.locator('.chip .word').nth(0).click();
    await panel.page.keyboard.type('s');
    await panel.page.locator('.chip .word').nth(0).click();
    await panel.page.keyboard.type('s');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await asked(), ['red circles|blue square', 'red circles|blue squares']);
    const first = panel.page.locator('.chip').nth(0);
    await panel.page
      .locator('.chip')
      .nth(1)
      .dragTo(first, { targetPosition: { x: 4, y: 12 } });
    assert.deepEqual(await asked(), ['blue squares|red circles']);
  });

  it('says what went wrong and what can be done', async () => {
    await ready();
    await panel.send({ type: 'failed', message: 'The engine stopped.', hint: 'Try again.', retry: true });
    assert.equal(await panel.state(), 'failed');
    assert.equal(await text('.notice [role=alert]'), 'The engine stopped. Try again.');
    await panel.page.locator('.notice vscode-button').click();
    await panel.page.locator('.notice .link').click();
    await panel.send({ type: 'cancelled' });
    await panel.page.locator('.notice vscode-button').click();
    assert.deepEqual(await panel.posted(), [{ type: 'retry' }, { type: 'log' }, { type: 'retry' }]);
  });

  it('keeps picture and maps of a file that was deleted', async () => {
    await ready();
    await panel.send({ type: 'gone' });
    assert.equal(await text('.notice [role=status]'), 'The file was deleted.');
    assert.equal(await panel.page.locator('.skeleton').count(), 0);
    assert.equal(await panel.page.locator('.cam').isVisible(), true);
    await panel.sendPicture(HALVES, 80, 40);
    assert.equal(await panel.page.locator('.notice').isVisible(), false, 'it is back');
  });

  it('survives a broken record and unknown messages', async () => {
    await ready();
    const broken = { ...explanation(MAPS, 2, 2), grid: { rows: 3, cols: 2 } };
    await panel.send({ type: 'explanation', explanation: broken, device: DEVICE });
    assert.equal(await panel.state(), 'failed');
    assert.match((await text('.problem'))!, /^These maps cannot be drawn\. .*24/);
    await panel.page.evaluate("postMessage({ type: 'toString' }, '*'); postMessage(null, '*')");
    await panel.send({ type: 'explanation', explanation: explanation(MAPS, 2, 2), device: DEVICE });
    await panel.waitForState('ready');
    assert.equal(await panel.page.locator('.problem').isVisible(), false);
  });

  it('remembers the look beside what the host asked to keep', async () => {
    const kept = {
      version: 1,
      images: ['file:///a.png'],
      index: 0,
      prompts: WORDS,
      settings: { method: 'clip-surgery', aspect: 'squash' },
      isPinned: true,
    } as const;
    await ready({ theme: 'light', state: { ...kept, look: { opacity: 1, colorMap: 'jet', view: 'nonsense' } } });
    assert.deepEqual(await panel.pixel(map('red circle'), 0, 0), [128, 0, 0, 255]);
    await panel.send({ type: 'remember', state: kept });
    await panel.choose('grey');
    await panel.waitUntil("saved.look.colorMap === 'grey'");
    const look = { ...DEFAULT_LOOK, opacity: 1, colorMap: 'grey' };
    assert.deepEqual(await panel.savedState(), { ...kept, look });
  });

  it('stays quick with sixty prompts', async () => {
    panel = await suite.open({ theme: 'highContrast' });
    const words = Array.from({ length: 60 }, (_, i) => `word ${i}`);
    const maps = Object.fromEntries(
      words.map((word, i) => [word, Array.from({ length: 1024 }, (_, j) => Math.sin(i + j))]),
    );
    await panel.sendSetup({ prompts: words });
    await panel.sendPicture(HALVES, 80, 40);
    await panel.send({ type: 'explanation', explanation: explanation(maps, 32, 32), device: DEVICE });
    await panel.waitForState('ready');
    const most = await panel.mostPaintsInAFrame();
    // What does not fit into the budget of a frame waits for the next one.
    assert.ok(most > 1 && most < 10, `${most} canvases were painted in one frame`);
  });
});
