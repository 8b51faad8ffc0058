import { strict as assert } from 'node:assert';
import sharp from 'sharp';
import type { EngineClient } from '../../src/engine/client';
import { ASPECTS, decodeMap } from '../../src/protocol/explanation';
import { DEMO_MODEL, startEngine } from '../fixtures/engine';

const SIZES = [
  { kind: 'wide', width: 400, height: 100 },
  { kind: 'tall', width: 100, height: 400 },
  { kind: 'tiny', width: 12, height: 9 },
  { kind: 'odd', width: 37, height: 53 },
] as const;
const CORNERS = [[0, 0], [1, 0], [0, 1], [1, 1]] as const; // prettier-ignore

/** A grey picture with a red dot of an eighth of its sides in one corner, or none. */
function dotted(width: number, height: number, corner?: readonly [0 | 1, 0 | 1]): Promise<Buffer> {
  const dot = { width: Math.max(1, Math.round(width / 8)), height: Math.max(1, Math.round(height / 8)) };
  const grey = sharp({ create: { width, height, channels: 3, background: '#777777' } });
  if (!corner) return grey.png().toBuffer();
  const red = { create: { ...dot, channels: 3, background: '#e01010' } } as const;
  const at = { left: corner[0] * (width - dot.width), top: corner[1] * (height - dot.height) };
  return grey.composite([{ input: red, ...at }]).png().toBuffer(); // prettier-ignore
}

/** What is in a corner of the picture must come out in that corner of the grid, whatever the picture's shape. */
describe('a dot in the corner of a picture', () => {
  let engine: EngineClient;
  before(() => (engine = startEngine()));
  after(() => engine.dispose());

  async function map(bytes: Uint8Array, aspect: (typeof ASPECTS)[number]) {
    const { prompts, grid } = await engine.call('explain', {
      model: DEMO_MODEL, image: { bytes }, imageName: 'dot.png', prompts: ['red circle'],
      method: 'architecture-surgery', aspect,
    }); // prettier-ignore
    return { values: decodeMap(prompts[0]!.map, grid), grid };
  }

  for (const { kind, width, height } of SIZES) {
    for (const aspect of ASPECTS) {
      it(`changes a ${kind} picture's map most in that corner (${aspect})`, async () => {
        const plain = await map(await dotted(width, height), aspect);
        for (const corner of CORNERS) {
          const { values, grid } = await map(await dotted(width, height, corner), aspect);
          const change = values.map((value, i) => Math.abs(value - plain.values[i]!));
          const most = change.indexOf(Math.max(...change));
          const [row, col] = [Math.floor(most / grid.cols), most % grid.cols];
          const [x, y] = [(col + 0.5) / grid.cols, (row + 0.5) / grid.rows];
          // An eighth of the picture, and the patch that reaches over its edge.
          const reach = (count: number) => 1 / 8 + 1 / count;
          assert.ok(Math.abs(x - corner[0]) <= reach(grid.cols), `${corner.join()}: column ${col} of ${grid.cols}`);
          assert.ok(Math.abs(y - corner[1]) <= reach(grid.rows), `${corner.join()}: row ${row} of ${grid.rows}`);
        }
      });
    }
  }
});
