import assert from 'node:assert/strict';
import type { Spot } from './support/camPage';
import { describeCam, TOP, LOW, GREY, canvas, dot, sizeOf, tileBox } from './support/camSuite';
import { explanation } from './support/explanation';

describeCam('CamView: a dot in the corner', ({ open }) => {
  const shapes = [
    ['wide, squashed', [400, 100], [8, 8]],
    ['wide, aspect kept', [400, 100], [2, 8]],
    ['tall, squashed', [100, 400], [8, 8]],
    ['tall, aspect kept', [100, 400], [8, 2]],
    ['tiny', [3, 2], [5, 5]],
    ['odd', [37, 53], [7, 7]],
  ] as const;
  for (const [name, size, [rows, cols]] of shapes) {
    for (const scale of [1, 2]) {
      it(`${name}, ${scale} device pixels a pixel`, async () => {
        const view = await open({ scale, look: { view: 'patches', opacity: 1 } });
        for (const [row, col] of [
          [0, 0],
          [0, cols - 1],
          [rows - 1, 0],
          [rows - 1, cols - 1],
        ] as const) {
          await view.show(GREY, size, ['dot'], explanation({ dot: dot(rows, cols, row, col) }, rows, cols));
          const { width, height } = await sizeOf(view, canvas('dot'));
          // The first pixel whose centre lies in the patch.
          const edge = (index: number, count: number, length: number) =>
            Math.max(0, Math.ceil((index * length) / count - 0.5));
          const expected = {
            left: edge(col, cols, width),
            top: edge(row, rows, height),
            right: edge(col + 1, cols, width),
            bottom: edge(row + 1, rows, height),
          };
          const count = (expected.right - expected.left) * (expected.bottom - expected.top);
          assert.deepEqual(await view.spot(canvas('dot'), TOP), { ...expected, count }, `row ${row}, column ${col}`);
          assert.equal((await view.spot(canvas('dot'), LOW)).count, width * height - count, 'nothing in between');

          const tile = await tileBox(view);
          await view.page.mouse.move(
            tile.x + ((col + 0.5) / cols) * tile.width,
            tile.y + ((row + 0.5) / rows) * tile.height,
          );
          const outline = (await view.page.locator('.tile .patch').nth(1).boundingBox())!;
          const box: Omit<Spot, 'count'> = {
            left: (outline.x - tile.x) * scale,
            top: (outline.y - tile.y) * scale,
            right: (outline.x + outline.width - tile.x) * scale,
            bottom: (outline.y + outline.height - tile.y) * scale,
          };
          for (const side of ['left', 'top', 'right', 'bottom'] as const) {
            assert.ok(Math.abs(box[side] - expected[side]) <= 0.51, `${side}: ${box[side]}, not ${expected[side]}`);
          }
        }
      });
    }
  }
});
