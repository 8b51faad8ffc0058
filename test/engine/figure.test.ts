import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import sharp from 'sharp';
import type { EngineClient } from '../../src/engine/client';
import { figureSvg } from '../../src/engine/figureSvg';
import { colorTable } from '../../src/heatmap/colorMap';
import { figureLayout } from '../../src/heatmap/figureLayout';
import { encodeMap, type Explanation } from '../../src/protocol/explanation';
import { DEMO_MODEL, EXAMPLES, startEngine } from '../fixtures/engine';

const image = { path: join(EXAMPLES, 'park.png') };

/** The same record with these words and maps of 2 x 2. */
function record(real: Explanation, ...words: readonly (readonly [text: string, map: readonly number[]])[]) {
  const prompts = words.map(([text, map]) => ({
    text,
    score: 0.5,
    cosine: 0.2,
    map: encodeMap(Float32Array.from(map)),
  }));
  return { ...real, grid: { rows: 2, cols: 2 }, prompts };
}

async function pixelsOf(png: Uint8Array) {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)];
  return { ...info, data, at };
}

describe('the composed figure', () => {
  let engine: EngineClient;
  let real: Explanation;
  before(async () => {
    engine = startEngine();
    const prompts = ['dog', 'bicycle', 'tree'];
    real = await engine.call('explain', {
      ...{ model: DEMO_MODEL, image, imageName: 'scene.png', prompts, method: 'clip-surgery' },
    });
  });
  after(() => engine.dispose());

  it('is a PNG in RGB with tiles of at most 512 pixels', async () => {
    const png = await engine.call('figure', { image, explanations: [real] });
    const { width, height, channels } = await pixelsOf(png);
    assert.equal(channels, 3);
    const { columns, tile } = figureLayout({ count: 4, ...real.image, lineCount: () => 2, widestTile: 512 });
    assert.ok(tile.width <= 512 && width > columns * tile.width && width < (columns + 1) * tile.width, `${width}`);
    assert.ok(height > Math.ceil(4 / columns) * tile.height);
    assert.deepEqual((await pixelsOf(png)).at(0, 0), [255, 255, 255]);
  });

  it('has the top colour at the peak of the map, in its tile, and the plain picture below the threshold', async () => {
    const white = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#ffffff' } })
      .png()
      .toBuffer();
    const explanation = record(real, ['left', [1, 0, 0, 0]], ['right', [0, 0, 0, 1]]);
    const png = await engine.call('figure', { image: { bytes: white }, explanations: [explanation], threshold: 0.5 });
    const { at } = await pixelsOf(png);
    const { tiles } = figureLayout({ count: 3, width: 400, height: 400, lineCount: () => 1, widestTile: 512 });
    const top = [...colorTable('viridis').subarray(255 * 3)].map((value) => Math.trunc(value * 0.6 + 255 * 0.4));
    const near = (actual: number[], expected: number[]) =>
      assert.ok(actual.every((value, i) => Math.abs(value - expected[i]!) <= 2), `${actual.join()} is not ${expected.join()}`); // prettier-ignore
    const [first, left, right] = tiles;
    near(at(first!.x + 20, first!.y + 20), [255, 255, 255]);
    near(at(left!.x + 20, left!.y + 20), top);
    near(at(left!.x + 380, left!.y + 380), [255, 255, 255]);
    near(at(right!.x + 380, right!.y + 380), top);
    near(at(right!.x + 20, right!.y + 20), [255, 255, 255]);
  });

  it('puts several methods into one figure', async () => {
    const one = await pixelsOf(await engine.call('figure', { image, explanations: [real], tileWidth: 320 }));
    const two = await pixelsOf(await engine.call('figure', { image, explanations: [real, real], tileWidth: 320 }));
    assert.ok(two.width * two.height > 1.3 * one.width * one.height);
  });

  it('calls a prompt by its label, and own templates by their name', async () => {
    const png = (explanation: Explanation) => engine.call('figure', { image, explanations: [explanation] });
    const [left, right] = ['left', 'right'].map((word) => record(real, [word, [1, 0, 0, 0]]));
    const labelled = { ...left!, prompts: [{ ...left!.prompts[0]!, label: 'right' }] };
    assert.deepEqual(await png(labelled), await png(right!));
    assert.notDeepEqual(await png(labelled), await png(left!));
    const own = (name: string): Explanation => ({ ...left!, templates: { name, templates: ['a {}'] } });
    assert.notDeepEqual(await png(own('sketches')), await png(own('drawings')));
  });

  it('stays within 16 megapixels however many words there are', async () => {
    const words = Array.from({ length: 100 }, (_, i) => [`word ${i}`, [0, 1, 2, 3]] as const);
    const { width, height } = await pixelsOf(
      await engine.call('figure', { image, explanations: [record(real, ...words)] }),
    );
    assert.ok(width * height <= 16e6 && width * height > 10e6, `${width} x ${height}`);
  });

  it('draws markup in a prompt as text', async () => {
    const layout = figureLayout({ count: 1, width: 512, height: 300, lineCount: () => 1 });
    const { svg } = figureSvg(layout, [{ word: '<script>&"\u0000', score: '0.50' }], ['</svg><image href="x"/>']);
    assert.ok(!svg.includes('<script') && !svg.includes('<image') && !svg.includes('\u0000'));
    assert.ok(svg.includes('&lt;script&gt;&amp;&quot;'));
    const drawn = async (word: string) =>
      pixelsOf(await engine.call('figure', { image, explanations: [record(real, [word, [0, 1, 2, 3]])] }));
    for (const word of [
      '<script>alert(1)</script>',
      '</text></svg>',
      ']]>',
      '&boom;',
      '\u0007\ud800',
      '語'.repeat(300),
    ]) {
      const [plain, other] = [await drawn('.'), await drawn(word)];
      assert.deepEqual([other.width, other.height], [plain.width, plain.height]);
    }
  });

  it('refuses a map that does not fit its grid', async () => {
    const broken = { ...record(real, ['a', [0, 1, 2, 3]]), grid: { rows: 3, cols: 3 } };
    await assert.rejects(engine.call('figure', { image, explanations: [broken] }), { code: 'bad-request' });
    await assert.rejects(engine.call('figure', { image, explanations: [] }), { code: 'bad-request' });
  });
});
