import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mapFigures, peakOf, zeroShot, type Share } from '../../models/demo/evaluation/figures';
import {
  isInBox,
  maskOf,
  readSheet,
  type HeldOutScene,
  type Sheet,
  type Style,
} from '../../models/demo/evaluation/heldOut';
import type { EngineClient } from '../../src/engine/client';
import { exampleImages } from '../../src/engine/exampleImages';
import type { Precision } from '../../src/protocol/execution';
import type { MethodName } from '../../src/protocol/explanation';
import { DEMO_MODEL, EXAMPLES, startEngine } from '../fixtures/engine';

const SHEETS = join(__dirname, '../fixtures/heldOut');
const share = ({ hits, of }: Share) => hits / of;
const model = DEMO_MODEL;

/** The model card gives the figures on 500 scenes; these are the first 50, so the bounds leave room for chance. */
describe('the demo model on scenes it never saw', function () {
  this.timeout(240_000);
  let engine: EngineClient;
  let sheets: Record<Style, Sheet>;
  let cacheFolder: string;

  before(async () => {
    cacheFolder = mkdtempSync(join(tmpdir(), 'clip-meaning-'));
    engine = startEngine({ arguments: { cacheFolder, examples: exampleImages(EXAMPLES) } });
    sheets = { seen: await readSheet(SHEETS, 'seen'), unseen: await readSheet(SHEETS, 'unseen') };
  });
  after(() => {
    engine.dispose();
    rmSync(cacheFolder, { recursive: true });
  });

  for (const { style, method, atLeast, atMost = 1, precision = 'fp32' } of [
    { style: 'seen', method: 'clip-surgery', atLeast: 0.85 },
    { style: 'seen', method: 'clip-surgery', atLeast: 0.85, precision: 'int8' },
    { style: 'seen', method: 'clip-surgery', atLeast: 0.85, precision: 'fp16' },
    { style: 'seen', method: 'architecture-surgery', atLeast: 0.85 },
    { style: 'seen', method: 'feature-surgery', atLeast: 0, atMost: 0.35 },
    { style: 'seen', method: 'raw', atLeast: 0, atMost: 0.35 },
    { style: 'unseen', method: 'clip-surgery', atLeast: 0.75 },
    { style: 'unseen', method: 'raw', atLeast: 0, atMost: 0.35 },
  ] as { style: Style; method: MethodName; atLeast: number; atMost?: number; precision?: Precision }[]) {
    const points = atMost === 1 ? 'points' : 'does not point';
    it(`${method} in ${precision} ${points} at the named thing, in ${style} art styles`, async () => {
      const right = share((await mapFigures(engine, sheets[style], { model, method, precision })).box);
      assert.ok(right >= atLeast && right <= atMost, `it points right in ${right}`);
    });
  }

  it('the map of a thing covers it better after surgery than before', async () => {
    const covered = async (method: MethodName) => {
      const { overlaps } = await mapFigures(engine, sheets.seen, { model, method });
      return overlaps.reduce((sum, value) => sum + value) / overlaps.length;
    };
    const [surgery, raw] = [await covered('clip-surgery'), await covered('raw')];
    assert.ok(surgery > 3 * raw, `mIoU ${surgery} and ${raw}`);
  });

  for (const [style, atLeast] of [
    ['seen', 0.75],
    ['unseen', 0.35],
  ] as const) {
    it(`names single things of all that it knows, in ${style} art styles`, async () => {
      const right = share(await zeroShot(engine, sheets[style], { model, method: 'raw' }));
      assert.ok(right >= atLeast, `${right} of the single things are named right`);
    });
  }

  it('is small', () => assert.ok(statSync(join(DEMO_MODEL, 'model.safetensors')).size < 12e6));
});

interface Listed {
  objects: { name: string; x: number; y: number; radius: number }[];
  places: string[];
}
const listed = JSON.parse(readFileSync(join(EXAMPLES, 'scenes.json'), 'utf8')) as Record<string, Listed>;

describe('the example scenes', () => {
  let engine: EngineClient;
  before(() => (engine = startEngine()));
  after(() => engine.dispose());

  const explain = (file: string, prompts: readonly string[]) =>
    engine.call('explain', { model, image: { path: join(EXAMPLES, file) }, imageName: file, prompts, method: 'clip-surgery' }); // prettier-ignore

  it('are twenty', () => assert.equal(Object.keys(listed).length, 20));

  for (const [file, { objects }] of Object.entries(listed)) {
    const names = objects.map(({ name }) => name);
    const absent = Object.values(listed)
      .flatMap((other) => other.objects.map(({ name }) => name))
      .filter((name) => !names.includes(name));

    it(`${file}: maps of what is in it point at it`, async () => {
      const explanation = await explain(file, names);
      for (const { name, x, y, radius } of objects) {
        const [peakX, peakY] = peakOf(explanation, name);
        assert.ok(Math.max(Math.abs(peakX - x), Math.abs(peakY - y)) <= radius, `${name} in ${file}`);
      }
    });

    it(`${file}: what is in it scores above most of what is not, and above gibberish`, async () => {
      const gibberish = ['xqzv wrplk', 'grfmbl'];
      const { prompts } = await explain(file, [...names, ...absent, ...gibberish]);
      const score = new Map(prompts.map(({ text, score }) => [text, score]));
      const fourFifths = absent.map((name) => score.get(name)!).sort((a, b) => a - b)[Math.floor(absent.length * 0.8)]!;
      for (const name of names) {
        assert.ok(score.get(name)! > fourFifths, `${name}: ${score.get(name)}, four fifths of what is absent: below ${fourFifths}`); // prettier-ignore
        for (const word of gibberish) assert.ok(score.get(name)! > score.get(word)!, `${word} above ${name}`);
      }
    });
  }

  it('a word that is not there has another map than one that is', async () => {
    const explanation = await explain('park.png', ['dog', 'bicycle', 'grfmbl']);
    const peaks = ['dog', 'bicycle', 'grfmbl'].map((word) => peakOf(explanation, word).join());
    assert.equal(new Set(peaks).size, 3);
  });
});

describe('the figures', () => {
  // Two pixels wide things on a picture of four by four pixels.
  const scene: HeldOutScene = {
    picture: new Uint8Array(),
    side: 4,
    things: ['dog', 'cat', 'dog'],
    seen: Uint8Array.from([1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 2, 2, 3, 0, 2, 2]),
  };

  it('know the pixels of a name', () => {
    assert.deepEqual([...maskOf(scene, 'dog')], [1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
  });

  it('know the boxes of a name, each by itself', () => {
    assert.ok(isInBox(scene, 'dog', 0.4, 0.4), 'in the box, not on a pixel');
    assert.ok(isInBox(scene, 'dog', 0.1, 0.9));
    assert.ok(!isInBox(scene, 'dog', 0.1, 0.6), 'between the two');
    assert.ok(!isInBox(scene, 'cat', 0.4, 0.9));
  });
});
