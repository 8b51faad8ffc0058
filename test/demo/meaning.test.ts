import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainNames, peakOf, pointing, zeroShot, type Share } from '../../models/demo/evaluation/figures';
import { isInside, readSheet, type HeldOutScene } from '../../models/demo/evaluation/heldOut';
import type { EngineClient } from '../../src/engine/client';
import { exampleImages } from '../../src/engine/exampleImages';
import type { Precision } from '../../src/protocol/execution';
import type { MethodName } from '../../src/protocol/explanation';
import { DEMO_MODEL, EXAMPLES, startEngine } from '../fixtures/engine';

const SHEET = join(__dirname, '../fixtures/heldOut');
const share = ({ hits, of }: Share) => hits / of;

/** The model card gives the figures on 500 scenes; these are the first 100, so the bounds leave room for chance. */
describe('the demo model on scenes it never saw', function () {
  this.timeout(120_000);
  let engine: EngineClient;
  let scenes: HeldOutScene[];
  const model = DEMO_MODEL;

  let cacheFolder: string;

  before(async () => {
    cacheFolder = mkdtempSync(join(tmpdir(), 'clip-meaning-'));
    engine = startEngine({ arguments: { cacheFolder, examples: exampleImages(EXAMPLES) } });
    scenes = await readSheet(SHEET, 0);
  });
  after(() => {
    engine.dispose();
    rmSync(cacheFolder, { recursive: true });
  });

  for (const { method, points, precision = 'fp32' } of [
    { method: 'clip-surgery', points: true },
    { method: 'clip-surgery', points: true, precision: 'int8' },
    { method: 'clip-surgery', points: true, precision: 'fp16' },
    { method: 'architecture-surgery', points: true },
    { method: 'feature-surgery', points: false },
    { method: 'raw', points: false },
  ] as { method: MethodName; points: boolean; precision?: Precision }[]) {
    it(`${method} in ${precision} ${points ? 'points' : 'does not point'} at the named object`, async () => {
      const right = share((await pointing(engine, scenes, { model, method, precision })).box);
      assert.ok(points ? right >= 0.85 : right <= 0.6, `it points right in ${right}`);
    });
  }

  it('names single objects', async () => {
    const right = share(await zeroShot(engine, scenes, { model, method: 'raw' }));
    assert.ok(right >= 0.85, `${right} of the single objects are named right`);
  });

  it('a word moves the map: of two objects each has its own', async () => {
    const scene = scenes.find(({ objects }) => objects.length === 2)!;
    const [a, b] = scene.objects as [HeldOutScene['objects'][0], HeldOutScene['objects'][0]];
    const explanation = await explainNames(engine, scene, { model, method: 'clip-surgery' });
    const peak = (name: string) => peakOf(explanation, name);
    assert.notDeepEqual(peak(a.name), peak(b.name));
  });

  it('is small', () => assert.ok(statSync(join(DEMO_MODEL, 'model.safetensors')).size < 8e6));
});

interface Listed {
  objects: { name: string; x: number; y: number; radius: number }[];
}

describe('the example scenes', function () {
  const listed = JSON.parse(readFileSync(join(EXAMPLES, 'scenes.json'), 'utf8')) as Record<string, Listed>;
  let engine: EngineClient;
  before(() => (engine = startEngine()));
  after(() => engine.dispose());

  for (const [file, { objects }] of Object.entries(listed)) {
    it(`${file}: maps of what is in it point at it`, async () => {
      const explanation = await engine.call('explain', {
        model: DEMO_MODEL, image: { path: join(EXAMPLES, file) }, imageName: file,
        prompts: objects.map(({ name }) => name), method: 'clip-surgery',
      }); // prettier-ignore
      for (const { name, x, y, radius } of objects) {
        const [peakX, peakY] = peakOf(explanation, name);
        // Tips reach 1.15 of the radius.
        assert.ok(Math.hypot(peakX - x, peakY - y) <= 1.15 * radius, `${name} in ${file}`);
      }
    });
  }

  it('a point is inside an outline, or not', () => {
    const outline = [[0, 0], [1, 0], [0, 1]] as const; // prettier-ignore
    assert.ok(isInside({ name: '', outline }, 0.2, 0.2));
    assert.ok(!isInside({ name: '', outline }, 0.8, 0.8));
  });
});
