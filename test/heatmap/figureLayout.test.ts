import assert from 'node:assert/strict';
import { figureLayout } from '../../src/heatmap/figureLayout';
import { ellipsis, wrapped } from '../../src/heatmap/figureText';

const lay = (count: number, width: number, height: number) =>
  figureLayout({ count, width, height, lineCount: () => 2 });

describe('the layout of a figure', () => {
  it('has the picture’s own pixels, near 4:3', () => {
    const layout = lay(4, 768, 576);
    assert.equal(layout.scale, 1);
    assert.deepEqual(layout.tile, { width: 768, height: 576 });
    assert.equal(layout.columns, 2);
    assert.equal(lay(4, 400, 2000).columns, 4);
    assert.equal(lay(4, 2000, 400).columns, 1);
  });

  it('enlarges a tiny picture by whole factors, so that a caption can be read', () => {
    assert.equal(lay(1, 100, 100).scale, 4);
    const tiny = lay(2, 3, 2);
    assert.equal(tiny.scale, 107);
    assert.deepEqual(tiny.tile, { width: 321, height: 214 });
    assert.ok(tiny.font >= 12);
  });

  it('has type that grows with the tile', () => {
    const [small, large] = [lay(1, 400, 300), lay(1, 4000, 3000)];
    assert.ok(small.font >= 12 && small.font <= 18);
    assert.ok(large.font / large.tile.width > 0.03 && large.font / large.tile.width < 0.05);
  });

  it('does not put one thing over another, or anything beyond the edge', () => {
    for (const [count, width, height] of [
      [1, 640, 480],
      [5, 640, 480],
      [7, 37, 53],
      [3, 2000, 100],
    ] as const) {
      const layout = lay(count, width, height);
      layout.tiles.forEach(({ x, y }, i) => {
        assert.ok(x + layout.tile.width <= layout.width);
        assert.ok(y + layout.tile.height + layout.caption <= layout.legend);
        const below = layout.tiles[i + layout.columns];
        if (below) assert.ok(y + layout.tile.height + layout.caption <= below.y);
      });
      assert.ok(layout.legend + layout.font < layout.lines);
      assert.ok(layout.lines + 2 * layout.line <= layout.height);
    }
  });

  it('scales tiles down where the figure would be too large, and says so', () => {
    for (const [count, width, height] of [
      [61, 4000, 3000],
      [1, 12_000, 9000],
      [1, 20_000, 300],
      [3, 1, 5000],
      [1000, 800, 600],
    ] as const) {
      const layout = lay(count, width, height);
      assert.ok(layout.width <= 16_000 && layout.height <= 16_000, `${count} of ${width} x ${height}`);
      assert.ok(layout.width * layout.height <= 64_000_000);
      assert.equal(layout.tile.width, Math.max(1, Math.round(width * layout.scale)));
      assert.ok(count === 3 || layout.scale < 1);
    }
    // Not smaller than it has to be.
    const { width, height } = lay(61, 4000, 3000);
    assert.ok(width * height > 58_000_000);
  });
});

describe('the text of a figure', () => {
  const measure = { font: '', measureText: (text: string) => ({ width: text.length * 10 }) };

  it('is cut with an ellipsis where it does not fit', () => {
    assert.equal(ellipsis(measure, 'a red circle', 120), 'a red circle');
    assert.equal(ellipsis(measure, 'a red circle', 119), 'a red circ…');
    assert.equal(ellipsis(measure, 'a red circle', 70), 'a red…');
    assert.equal(ellipsis(measure, 'a red circle', 0), '…');
  });

  it('is broken between facts', () => {
    assert.deepEqual(wrapped(measure, ['one', 'two', 'three'], 'x', 95), ['one · two', 'three']);
    assert.deepEqual(wrapped(measure, ['one', 'two'], 'x', 20), ['o…', 't…']);
  });
});
