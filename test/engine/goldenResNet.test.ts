import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { imageEncoder, type ResNetTower } from '../../src/clip/architecture';
import { positionsFor } from '../../src/clip/graph/positions';
import { GraphBuilder } from '../../src/clip/graph/graphBuilder';
import { resNetGraph } from '../../src/clip/graph/resNet';
import { normalise } from '../../src/clip/preprocess/normalise';
import { findCheckpoint, readCheckpoint } from '../../src/engine/checkpointFiles';
import type { EngineClient } from '../../src/engine/client';
import { REFERENCE } from '../../src/protocol/execution';
import { decodeMap } from '../../src/protocol/explanation';
import { poolWithNormalisedKeys } from '../fixtures/attentionPool';
import { startEngine } from '../fixtures/engine';
import { fill, type TensorSpec } from '../fixtures/formula';
import { describeGolden, golden, goldenModel, readJson, readNpy } from '../fixtures/golden';
import { assertNear } from '../fixtures/near';
import { hasSwiftShader, swiftShaderEnv } from '../fixtures/swiftShader';

/** Another order of float32 sums than torch's: features are of order 1, unit features and cosines below 1. */
const FEATURES = 2e-5;
const COSINES = 1e-5;

for (const provider of ['cpu', 'webgpu']) {
  describeGolden(`official answers of a ResNet on ${provider}`, function () {
    let engine: EngineClient;
    let model: string;

    before(function () {
      if (provider === 'webgpu' && !hasSwiftShader) this.skip();
      engine = startEngine(provider === 'webgpu' ? { env: swiftShaderEnv } : {});
      model = goldenModel('tiny_rn');
    });
    after(() => {
      engine?.dispose();
      if (model) rmSync(model, { recursive: true });
    });

    it('raw CLIP from pixels: every token asks', async () => {
      const { shape: dims, data } = readNpy('tiny_rn/pixel_96.npy');
      const answer = await engine.call('features', { model, provider, method: 'raw', pixels: { dims, data } });
      assert.deepEqual(answer.dims, [1, 10, 32]);
      assertNear(answer.data, readNpy('tiny_rn/clip_image_96.npy').data, FEATURES);
    });

    for (const size of [96, 160]) {
      const surgery = async (resnetKeys?: 'shipped' | 'normalised') => {
        const { data } = await engine.call('features', {
          model, provider, resnetKeys, method: 'clip-surgery',
          image: { path: golden('tiny_rn/image.png') }, size: { height: size, width: size },
        }); // prettier-ignore
        return data;
      };

      it(`surgery as shipped at ${size} px`, async () => {
        assertNear(await surgery(), readNpy(`tiny_rn/cs_image_${size}.npy`).data, FEATURES);
      });

      // The official code has these keys switched off, so its formula is computed here from the pool's own input.
      it(`surgery with normalised keys at ${size} px`, async () => {
        const answer = await surgery('normalised');
        assertNear(answer, poolWithNormalisedKeys(await poolInput(model, size)), FEATURES);
        const shipped = await surgery('shipped');
        assertNear(answer.subarray(0, 32), shipped.subarray(0, 32), FEATURES);
      });

      it(`similarities of eight prompts, end to end, at ${size} px`, async () => {
        const prompts = readJson<string[]>('tiny_rn/labels.json');
        const explanation = await engine.call('explain', {
          model, provider, prompts, method: 'clip-surgery', imageName: 'image.png',
          image: { path: golden('tiny_rn/image.png') }, size,
        }); // prettier-ignore
        const { grid, method } = explanation;
        assert.deepEqual([grid.rows, grid.cols], [size / 32, size / 32]);
        assert.deepEqual([method.surgeryBlocks, method.keys], [1, 'shipped']);
        const { data } = readNpy(`tiny_rn/sim_${size}.npy`);
        explanation.prompts.forEach(({ map }, label) => {
          const expected = decodeMap(map, grid).map((_, i) => data[(1 + i) * prompts.length + label]!);
          assertNear(decodeMap(map, grid), expected, COSINES);
        });
      });
    }

    it('of a grid that is not square has a token for each place, and a record of the keys', async () => {
      const explanation = await engine.call('explain', {
        model, provider, prompts: ['dog'], method: 'architecture-surgery', resnetKeys: 'normalised',
        imageName: 'image.png', image: { path: golden('tiny_rn/image.png') }, size: { height: 64, width: 160 },
      }); // prettier-ignore
      assert.deepEqual(explanation.grid, { rows: 2, cols: 5 });
      assert.equal(explanation.method.keys, 'normalised');
    });

    it('of a picture beyond all bounds is refused before it is convolved', async () => {
      const request = { model, provider, method: 'raw' as const, image: { path: golden('tiny_rn/image.png') } };
      await assert.rejects(engine.call('features', { ...request, size: { height: 2048, width: 2080 } }), {
        code: 'bad-request',
        message: /2048 x 2080 has more than 4194304 pixels/,
      });
    });

    it('has no keys to record where nothing is operated on, and one block at most', async () => {
      const request = {
        model, provider, prompts: ['dog'], imageName: 'image.png', image: { path: golden('tiny_rn/image.png') },
      }; // prettier-ignore
      const { method } = await engine.call('explain', { ...request, method: 'raw', resnetKeys: 'normalised' });
      assert.deepEqual([method.surgeryBlocks, method.keys], [0, undefined]);
      await assert.rejects(engine.call('explain', { ...request, method: 'clip-surgery', surgeryBlocks: 6 }), {
        code: 'bad-model',
        message: /6 blocks needs as many; this image encoder has 1/,
      });
    });
  });
}

function storedPositions(): Float32Array {
  const specs = readJson<TensorSpec[]>('tiny_rn/weights_spec.json');
  return fill(specs.find(({ name }) => name === 'visual.attnpool.positional_embedding')!);
}

/** Tokens `[1+N, 256]` that come into the attention pool, computed on CPU. */
async function poolInput(model: string, size: number): Promise<Float32Array> {
  const files = await findCheckpoint(model);
  const checkpoint = await readCheckpoint(files);
  const tower = imageEncoder(checkpoint, {}) as ResNetTower;
  const graph = resNetGraph(new GraphBuilder(checkpoint, REFERENCE), { ...tower, embed: tower.width }, (_, x) => x);
  const folder = { model_external_initializers_file_folder_path: files.folder };
  const session = await InferenceSession.create(graph, { extra: { session: folder } });
  const resized = Uint8Array.from(readNpy(`tiny_rn/resized_${size}_u8.npy`).data);
  const side = size / tower.patch;
  const { tokens } = await session.run({
    pixels: new Tensor('float32', normalise({ width: size, height: size, data: resized }), [1, 3, size, size]),
    positions: new Tensor('float32', positionsFor(storedPositions(), 256, { rows: side, cols: side }), [
      1 + side * side,
      256,
    ]),
  });
  return tokens!.data as Float32Array;
}
