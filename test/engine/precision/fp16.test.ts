import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { CheckpointHashes } from '../../../src/engine/checkpointHashes';
import { Model } from '../../../src/engine/model';
import { relativeDifference } from '../../../src/engine/selfTest/difference';
import { KnownWork, PARTS } from '../../../src/engine/selfTest/knownWork';
import { Sessions } from '../../../src/engine/sessions';
import { REFERENCE, type AttentionForm, type Precision } from '../../../src/protocol/execution';
import { DEMO_MODEL } from '../../fixtures/engine';
import { goldenModel, hasGolden } from '../../fixtures/golden';
import { quietJob } from '../../fixtures/job';
import { smallModel } from '../../fixtures/smallModel';

/** Eleven bits through a few blocks whose sums stay in float32; measured 4e-4. Peaked attention alone makes 1.2e-3. */
const HALF = { image: 1e-3, text: 1e-3, attention: 2e-3 } as const;

const MODELS = [
  { name: 'weights in fp32', folder: () => smallModel(), isHere: true },
  { name: 'the demo model, weights in fp16', folder: () => DEMO_MODEL, isHere: true },
  { name: 'a ResNet', folder: () => goldenModel('tiny_rn'), isHere: hasGolden },
];

for (const { name, folder, isHere } of MODELS) {
  describe(`half precision, ${name}`, function () {
    this.timeout(60_000);
    let model: Model;
    before(async function () {
      if (!isHere) this.skip();
      model = await Model.open(folder(), new CheckpointHashes());
    });
    after(() => model && model.folder !== DEMO_MODEL && rmSync(model.folder, { recursive: true }));

    const compute = (part: (typeof PARTS)[number], precision: Precision, attention: AttentionForm) => {
      const execution = { ...REFERENCE, precision, attention };
      return new KnownWork(new Sessions(), model, execution, quietJob).compute(part);
    };

    for (const part of PARTS) {
      it(`computes what fp32 computes, and not quite: ${part}`, async () => {
        const difference = relativeDifference(
          await compute(part, 'fp16', 'plain'),
          await compute(part, 'fp32', 'fused'),
        );
        assert.ok(difference < HALF[part] && difference > 1e-5, `${difference}`);
      });
    }

    it('computes the same with either form of attention', async () => {
      const difference = relativeDifference(
        await compute('text', 'fp32', 'plain'),
        await compute('text', 'fp32', 'fused'),
      );
      assert.ok(difference < 1e-6, `${difference}`);
    });
  });
}
