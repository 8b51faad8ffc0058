import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { featureSurgery } from '../../src/clip/explanation/featureSurgery';
import type { EngineClient } from '../../src/engine/client';
import { decodeMap } from '../../src/protocol/explanation';
import { compared } from '../fixtures/compared';
import { startEngine } from '../fixtures/engine';
import { describeGolden, golden, goldenModel, readJson, readNpy } from '../fixtures/golden';
import { assertNear } from '../fixtures/near';
import { hasSwiftShader, swiftShaderEnv } from '../fixtures/swiftShader';

/** Another order of float32 sums than torch's: features are of order 1, unit features and cosines below 1. */
const FEATURES = 2e-5;
const COSINES = 1e-5;

const cases = [
  { provider: 'cpu', naming: 'openai' },
  { provider: 'cpu', naming: 'hf' },
  { provider: 'webgpu', naming: 'openai' },
] as const;

for (const { provider, naming } of cases) {
  describeGolden(`official answers, ${naming} names on ${provider}`, function () {
    let engine: EngineClient;
    const folders: string[] = [];
    const model = (config: 'tiny_vit' | 'tiny_vit12', names: 'openai' | 'hf' = naming) => {
      const folder = goldenModel(config, { naming: names });
      folders.push(folder);
      return folder;
    };

    before(function () {
      if (provider === 'webgpu' && !hasSwiftShader) this.skip();
      engine = startEngine(provider === 'webgpu' ? { env: swiftShaderEnv } : {});
    });
    after(() => {
      engine?.dispose();
      for (const folder of folders) rmSync(folder, { recursive: true });
    });

    const pixels = (path: string) => {
      const { shape, data } = readNpy(path);
      return { dims: shape, data };
    };

    it('raw CLIP from pixels', async () => {
      const request = {
        model: model('tiny_vit'),
        provider,
        method: 'raw' as const,
        pixels: pixels('tiny_vit/pixel_32.npy'),
      };
      const { dims, data } = await engine.call('features', request);
      assert.deepEqual(dims, [1, 17, 32]);
      assertNear(data, readNpy('tiny_vit/clip_image_32.npy').data, FEATURES);
    });

    for (const size of [32, 56]) {
      it(`CLIP Surgery from the picture at ${size} px`, async () => {
        const { data } = await engine.call('features', {
          model: model('tiny_vit'), provider, method: 'clip-surgery',
          image: { path: golden('tiny_vit/image.png') }, size: { height: size, width: size },
        }); // prettier-ignore
        assertNear(data, readNpy(`tiny_vit/cs_image_${size}.npy`).data, FEATURES);
      });
    }

    it('CLIP Surgery of twelve blocks', async () => {
      const { data } = await engine.call('features', {
        model: model('tiny_vit12', 'openai'), provider, method: 'clip-surgery', pixels: pixels('tiny_vit12/pixel_56.npy'),
      }); // prettier-ignore
      assertNear(data, readNpy('tiny_vit12/cs_image_56.npy').data, FEATURES);
    });

    it('texts without templates', async () => {
      const { prompts } = readJson<{ prompts: string[] }>('tiny_vit/prompts.json');
      const { data } = await engine.call('text', {
        model: model('tiny_vit'),
        provider,
        texts: prompts,
        templates: 'none',
      });
      assertNear(data, readNpy('tiny_vit/text_features_raw.npy').data, FEATURES);
    });

    it('the ensemble of 85 templates, and of the empty string', async () => {
      const labels = readJson<string[]>('tiny_vit/labels.json');
      const request = { model: model('tiny_vit'), provider, templates: 'clip-surgery' as const };
      const { data } = await engine.call('text', { ...request, texts: labels });
      assertNear(data, readNpy('tiny_vit/text_ensemble.npy').data, COSINES);
      const empty = await engine.call('text', { ...request, texts: [''] });
      assertNear(empty.data, readNpy('tiny_vit/text_redundant.npy').data, COSINES);
    });

    for (const { method, side, answers, redundancy } of [
      { method: 'clip-surgery', side: 56, answers: 'sim_56', redundancy: 'prompts' },
      { method: 'architecture-surgery', side: 56, answers: 'sim_plain_56', redundancy: 'none' },
      { method: 'raw', side: 32, answers: 'clip_sim_32', redundancy: 'none' },
    ] as const) {
      it(`similarities of eight prompts, end to end: ${method}`, async () => {
        const labels = readJson<string[]>('tiny_vit/labels.json');
        const explanation = await engine.call('explain', {
          model: model('tiny_vit'), provider, method, prompts: labels, imageName: 'image.png',
          image: { path: golden('tiny_vit/image.png') }, size: side,
        }); // prettier-ignore
        const { prompts, grid } = explanation;
        assert.equal(explanation.method.redundancy, redundancy);
        const { data } = readNpy(`tiny_vit/${answers}.npy`);
        prompts.forEach(({ map }, label) => {
          const expected = Array.from(
            { length: grid.rows * grid.cols },
            (_, i) => data[(1 + i) * labels.length + label]!,
          );
          assertNear(decodeMap(map, grid), expected, COSINES);
        });
      });
    }

    // No official output combines these two; both halves have one: raw tokens and the removal itself.
    it('feature surgery alone is the removal on the raw tokens', async () => {
      const labels = readJson<string[]>('tiny_vit/labels.json');
      const { prompts, grid } = await engine.call('explain', {
        model: model('tiny_vit'), provider, method: 'feature-surgery', prompts: labels, imageName: 'image.png',
        image: { path: golden('tiny_vit/image.png') }, size: 32,
      }); // prettier-ignore
      const [tokens, texts] = ['clip_image_32', 'text_ensemble'].map((name) => readNpy(`tiny_vit/${name}.npy`).data);
      const expected = featureSurgery(compared({ tokens: tokens!, texts: texts!, width: 32 }));
      prompts.forEach(({ map }, i) =>
        assertNear(decodeMap(map, grid), expected.subarray(i * 16, i * 16 + 16), COSINES),
      );
    });
  });
}
