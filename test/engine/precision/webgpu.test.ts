import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import type { EngineClient } from '../../../src/engine/client';
import { relativeDifference } from '../../../src/engine/selfTest/difference';
import { samplePixels } from '../../../src/engine/selfTest/samples';
import { DEMO_MODEL, startEngine } from '../../fixtures/engine';
import { goldenModel, hasGolden } from '../../fixtures/golden';
import { hasSwiftShader, swiftShaderEnv } from '../../fixtures/swiftShader';

/** Sums in another order, through all layers. */
const SAME = 1e-5;
/** 197 tokens and more: smaller cases hide mistakes of providers. */
const MODELS = [
  { name: 'the demo model', folder: () => DEMO_MODEL, side: 15 * 8, method: 'raw', isHere: true },
  { name: 'weights in fp32', folder: () => goldenModel('tiny_vit', { format: 'F32' }), side: 15 * 8, method: 'clip-surgery', isHere: hasGolden },
  { name: 'a ResNet', folder: () => goldenModel('tiny_rn'), side: 14 * 32, method: 'clip-surgery', isHere: hasGolden },
] as const; // prettier-ignore

// Attention of every kind and words in templates are in the self-test, which runs there in test/workbench/devices.test.ts.
describe('WebGPU on a software driver computes what the CPU computes', function () {
  this.timeout(180_000);
  let gpu: EngineClient;
  let cpu: EngineClient;
  before(function () {
    if (!hasSwiftShader) this.skip();
    [gpu, cpu] = [startEngine({ env: swiftShaderEnv }), startEngine()];
  });
  after(() => [gpu, cpu].forEach((engine) => engine?.dispose()));

  for (const { name, folder, side, method, isHere } of MODELS) {
    describe(name, () => {
      let model: string;
      before(function () {
        if (!isHere) this.skip();
        model = folder();
      });
      after(() => model && model !== DEMO_MODEL && rmSync(model, { recursive: true }));

      it(`pictures in a batch of two: ${method}`, async () => {
        const pixels = { dims: [2, 3, side, side], data: samplePixels(2, side) };
        const request = { model, method, pixels };
        const answer = await gpu.call('features', { ...request, provider: 'webgpu' });
        assert.ok(answer.dims[1]! >= 197);
        assert.ok(relativeDifference(answer.data, (await cpu.call('features', request)).data) < SAME);
      });

      it('bare words', async () => {
        const request = { model, texts: ['a red circle', 'sky'], templates: 'none' } as const;
        const { data } = await gpu.call('text', { ...request, provider: 'webgpu' });
        assert.ok(relativeDifference(data, (await cpu.call('text', request)).data) < SAME);
      });
    });
  }
});
