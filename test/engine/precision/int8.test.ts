import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VisionTower } from '../../../src/clip/architecture';
import { quantisedTensors } from '../../../src/clip/quantise/quantisedTensors';
import { findCheckpoint, readCheckpoint } from '../../../src/engine/checkpointFiles';
import { CheckpointHashes } from '../../../src/engine/checkpointHashes';
import { Engine } from '../../../src/engine/engine';
import { exampleImages } from '../../../src/engine/exampleImages';
import { QuantisedModels } from '../../../src/engine/int8/quantisedModels';
import { writeQuantised } from '../../../src/engine/int8/quantisedFile';
import { Model } from '../../../src/engine/model';
import { relativeDifference } from '../../../src/engine/selfTest/difference';
import { KnownWork, type Part } from '../../../src/engine/selfTest/knownWork';
import { Sessions, type QuantisedWeights } from '../../../src/engine/sessions';
import { REFERENCE, type Execution } from '../../../src/protocol/execution';
import { demoWithOutliers } from '../../fixtures/demoWithOutliers';
import { DEMO_MODEL, EXAMPLES } from '../../fixtures/engine';
import { quietJob } from '../../fixtures/job';
import { smallModel } from '../../fixtures/smallModel';

const INT8: Execution = { ...REFERENCE, precision: 'int8' };
const images = exampleImages(EXAMPLES);

/** Rounds the weights as they are: with no peaks there is nothing to smooth. */
class Unsmoothed implements QuantisedWeights {
  constructor(private readonly folder: string) {}

  async of(model: Model) {
    const towers = [model.vision as VisionTower, model.text].map((tower) => ({
      tower,
      peaks: new Float32Array(2 * tower.layers * tower.width),
    }));
    const tensors = quantisedTensors({ checkpoint: model.checkpoint, towers, read: (tensor) => model.values(tensor) });
    const folder = mkdtempSync(join(this.folder, 'unsmoothed-'));
    await writeQuantised(join(folder, 'model.safetensors'), tensors, quietJob);
    return { checkpoint: await readCheckpoint(await findCheckpoint(folder)), folder };
  }
}

/** Relative difference of features after rounding to 255 steps, through all blocks; measured 0.012. */
const ROUNDED = 0.015;

/** Maps of random weights say nothing, so that only those of the trained model are judged. */
const MODELS = [
  { name: 'random weights', folder: () => smallModel(), outliers: false, trained: false },
  {
    name: 'random weights with outliers',
    folder: () => smallModel({ outliers: true }),
    outliers: true,
    trained: false,
  },
  { name: 'the demo model', folder: () => DEMO_MODEL, outliers: false, trained: true },
  { name: 'the demo model with outliers', folder: demoWithOutliers, outliers: true, trained: true },
];

for (const { name, folder: modelFolder, outliers, trained } of MODELS) {
  describe(`int8, ${name}`, function () {
    this.timeout(60_000);
    let scratch: string;
    let model: Model;
    let smoothed: QuantisedWeights;
    let unsmoothed: QuantisedWeights;
    before(async () => {
      scratch = mkdtempSync(join(tmpdir(), 'clip-int8-'));
      const hashes = new CheckpointHashes();
      model = await Model.open(modelFolder(), hashes);
      const folder = join(scratch, 'smoothed');
      smoothed = new QuantisedModels({ folder, examples: images.slice(0, 3), hashes });
      unsmoothed = new Unsmoothed(scratch);
    });
    after(() => {
      rmSync(scratch, { recursive: true });
      if (model.folder !== DEMO_MODEL) rmSync(model.folder, { recursive: true });
    });

    const differenceOf = async (weights: QuantisedWeights, part: Part) => {
      const expected = await new KnownWork(new Sessions(), model, REFERENCE, quietJob).compute(part);
      const work = new KnownWork(new Sessions({}, weights), model, INT8, quietJob);
      return relativeDifference(await work.compute(part), expected);
    };

    for (const part of ['image', 'text'] as const) {
      it(`keeps the features, ${outliers ? 'which smoothing saves' : 'smoothed or not'}: ${part}`, async () => {
        const [good, plain] = [await differenceOf(smoothed, part), await differenceOf(unsmoothed, part)];
        assert.ok(good > 0 && good < ROUNDED, `smoothed ${good}`);
        assert.ok(outliers ? plain > 4 * good : plain < ROUNDED, `unsmoothed ${plain}`);
      });
    }

    if (trained) {
      const judged = (weights: QuantisedWeights) => {
        const engine = new Engine({ quantised: weights, judged: images.slice(3) });
        return engine.selfTest({ model: model.folder, ...INT8 }, quietJob);
      };

      it('keeps the maps', async () => {
        const { wrong, maps } = await judged(smoothed);
        assert.equal(wrong, undefined);
        assert.equal(maps!.maps, 5 * 24);
        assert.ok(maps!.mean > 0 && maps!.mean < 0.005);
      });

      it(`${outliers ? 'is refused' : 'would do as well'} without smoothing`, async () => {
        const { wrong } = await judged(unsmoothed);
        if (outliers) assert.match(wrong!, /^Its maps differ too much from those in fp32: by 0\.\d+ on average/);
        else assert.equal(wrong, undefined);
      });
    }

    it('gives a picture the same tokens whatever else is in the batch', async () => {
      const work = new KnownWork(new Sessions({}, smoothed), model, INT8, quietJob);
      const alone = await work.encode(224, 1);
      const together = await work.encode(224, 2);
      assert.deepEqual(together.subarray(0, alone.length), alone);
    });
  });
}
