import assert from 'node:assert/strict';
import { THEMES } from './support/themes';
import { describePanel, HALVES, RED } from './support/panelSuite';

const GREEN = [0, 160, 0, 255];
const draw = (width: number, height: number) => `g.fillStyle = 'rgb(0 160 0)'; g.fillRect(0, 0, ${width}, ${height})`;

/** What one frame showed. */
interface Frame {
  readonly name: string;
  readonly size: string;
  readonly picture: readonly number[];
  readonly map: readonly number[];
  readonly box: readonly number[];
}

describePanel('one picture after another', (suite) => {
  const text = (selector: string) => suite.panel.page.locator(selector).textContent();

  /** Looks at every frame after all that draws in it: observers of sizes come last. */
  const watch = () =>
    suite.panel.page.evaluate(`(() => {
      frames = [];
      const probe = document.body.appendChild(document.createElement('div'));
      probe.style.position = 'absolute';
      const pixel = (canvas) => {
        const g = canvas.getContext('2d');
        return [...g.getImageData(canvas.width >> 2, canvas.height >> 1, 1, 1).data];
      };
      const text = (selector) => document.querySelector(selector).textContent;
      new ResizeObserver(() => {
        const { x, y, width, height } = document.querySelector('canvas.picture').getBoundingClientRect();
        frames.push({
          name: text('.name'),
          size: text('.size'),
          picture: pixel(document.querySelector('canvas.picture')),
          map: pixel(document.querySelector('canvas.map')),
          box: [x, y, width, height],
        });
      }).observe(probe);
      let i = 0;
      const next = () => {
        probe.style.width = (++i % 2) + 1 + 'px';
        requestAnimationFrame(next);
      };
      next();
    })()`);
  const frames = () => suite.panel.page.evaluate<Frame[]>('frames');

  for (const theme of Object.keys(THEMES) as (keyof typeof THEMES)[]) {
    it(`changes picture, name and size in one frame and shows no blank one, ${theme}`, async () => {
      const panel = await suite.ready({ theme });
      await watch();
      await panel.sendPlace(['b.png'], 0, { canGoBack: true });
      await panel.send({ type: 'working', stage: 'reading the image', image: 'b.png' });
      assert.equal(await panel.page.locator('.skeleton').count(), 0, 'the old maps stay');
      await panel.sendPicture(draw(80, 40), 80, 40, 'b.png');
      await panel.waitUntil("document.querySelector('.name').textContent === 'b.png'");
      await panel.settle();
      await suite.explain();
      const seen = await frames();
      assert.ok(seen.length > 5);
      for (const { name, size, picture, map } of seen) {
        assert.deepEqual(picture, name === 'b.png' ? GREEN : RED);
        assert.equal(size, '80 × 40');
        assert.equal(map[3], 255, 'no tile is blank');
      }
      assert.equal(seen[0]!.name, 'shapes.png');
      assert.equal(seen.at(-1)!.name, 'b.png');
      assert.equal(new Set(seen.map(({ box }) => String(box))).size, 1, 'nothing jumps');
      assert.deepEqual(await panel.page.locator('.chip .word').allTextContents(), ['red circle', 'blue square']);
    });
  }

  it('shows no blank frame where the sizes differ', async () => {
    const panel = await suite.ready();
    await watch();
    await panel.sendPicture(draw(60, 90), 60, 90, 'tall.png');
    await panel.waitUntil("document.querySelector('.name').textContent === 'tall.png'");
    await panel.settle();
    for (const { name, size, picture, map, box } of await frames()) {
      const isNew = name === 'tall.png';
      assert.deepEqual([picture, size], isNew ? [GREEN, '60 × 90'] : [RED, '80 × 40']);
      assert.equal(box[2]! < box[3]!, isNew, 'tiles take the new shape with it');
      assert.equal(map[3], 255);
    }
  });

  it('does not let an old picture stand for one that failed to come', async () => {
    const panel = await suite.ready();
    await panel.sendPlace(['a.png', 'broken.png'], 1);
    assert.equal(await text('.name'), 'shapes.png');
    await panel.send({ type: 'failed', message: 'broken.png cannot be read.', retry: false });
    assert.deepEqual([await text('.name'), await text('.size')], ['broken.png', '']);
    assert.equal(await panel.page.locator('.cam').isVisible(), false);
    await panel.sendPlace(['a.png', 'broken.png'], 0);
    await panel.sendPicture(HALVES, 80, 40, 'a.png');
    await suite.explain();
    await panel.send({ type: 'failed', message: 'The engine stopped.', retry: true });
    assert.equal(await panel.page.locator('.cam').isVisible(), true, 'it is the right one');
  });

  it('says so when the page cannot show the bytes', async () => {
    const panel = await suite.ready();
    const picture = { name: 'c.png', label: 'c.png', width: 9, height: 9, mime: 'image/png', bytes: [1] as never };
    await panel.send({ type: 'picture', picture });
    await panel.waitUntil("document.querySelector('.notice').textContent.startsWith('c.png cannot be shown.')");
    assert.equal(await text('.name'), 'c.png');
  });
});
