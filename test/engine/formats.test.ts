import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineClient } from '../../src/engine/client';
import { startEngine } from '../fixtures/engine';
import {
  describeGolden,
  goldenModel,
  readJson,
  readNpy,
  type GoldenConfig,
  type GoldenLayout,
} from '../fixtures/golden';
import { assertNear } from '../fixtures/near';

/** Another order of float32 sums than torch's: features are of order 1, unit features below 1. */
const FEATURES = 2e-5;
const COSINES = 1e-5;

describeGolden('the same weights in every layout', function () {
  let engine: EngineClient;
  let folders: string[] = [];
  before(() => (engine = startEngine()));
  after(() => engine.dispose());
  afterEach(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
    folders = [];
  });

  const model = (config: GoldenConfig, layout: GoldenLayout = {}) => {
    const folder = goldenModel(config, layout);
    folders.push(folder);
    return folder;
  };
  const image = async (folder: string, method: 'raw' | 'clip-surgery' = 'clip-surgery') => {
    const { shape: dims, data } = readNpy('tiny_vit/pixel_32.npy');
    return (await engine.call('features', { model: folder, method, pixels: { dims, data } })).data;
  };
  const text = async (folder: string) => {
    const texts = readJson<string[]>('tiny_vit/labels.json');
    return (await engine.call('text', { model: folder, texts, templates: 'clip-surgery' })).data;
  };

  for (const naming of ['openai', 'hf', 'open_clip'] as const) {
    for (const shards of naming === 'open_clip' ? [1] : [1, 3]) {
      for (const format of ['F16', 'F32'] as const) {
        it(`${naming} names, ${shards} file(s), ${format}: the official answers`, async () => {
          const folder = model('tiny_vit', { naming, shards, format });
          assertNear(await image(folder), readNpy('tiny_vit/cs_image_32.npy').data, FEATURES);
          assertNear(await text(folder), readNpy('tiny_vit/text_ensemble.npy').data, COSINES);
        });
      }

      // bfloat16 keeps 8 of the 11 bits that the official answers were computed with, so features move by some
      // percent; against the same rounded values in float32 nothing may move.
      it(`${naming} names, ${shards} file(s), BF16: what its rounded values give`, async () => {
        const folder = model('tiny_vit', { naming, shards, format: 'BF16' });
        const rounded = model('tiny_vit', { naming, format: 'rounded' });
        assertNear(await image(folder), await image(rounded), FEATURES);
        assertNear(await text(folder), await text(rounded), COSINES);
        assertNear(await image(folder), readNpy('tiny_vit/cs_image_32.npy').data, 0.3);
      });
    }
  }

  for (const layout of [{ naming: 'open_clip' }, { shards: 3 }, { format: 'F32' }] as const) {
    it(`a ResNet: ${JSON.stringify(layout)}`, async () => {
      const { shape: dims, data } = readNpy('tiny_rn/pixel_96.npy');
      const request = { model: model('tiny_rn', layout), method: 'raw' as const, pixels: { dims, data } };
      assertNear((await engine.call('features', request)).data, readNpy('tiny_rn/clip_image_96.npy').data, FEATURES);
    });
  }

  /** The folder with its config.json changed. */
  const configured = (change: (config: { vision_config: Record<string, unknown> }) => void) => {
    const folder = model('tiny_vit', { naming: 'hf' });
    const path = join(folder, 'config.json');
    const config = JSON.parse(readFileSync(path, 'utf8')) as { vision_config: Record<string, unknown> };
    change(config);
    writeFileSync(path, JSON.stringify(config));
    return folder;
  };

  it('the number of heads is the configuration’s, as TinyCLIP needs it', async () => {
    const four = await image(configured(({ vision_config }) => (vision_config['num_attention_heads'] = 4)));
    assert.throws(() => assertNear(four, readNpy('tiny_vit/cs_image_32.npy').data, 0.01));
  });

  it('the activation is the configuration’s', async () => {
    const gelu = await image(configured(({ vision_config }) => (vision_config['hidden_act'] = 'gelu')));
    assert.throws(() => assertNear(gelu, readNpy('tiny_vit/cs_image_32.npy').data, 0.01));
  });

  for (const shards of [1, 3]) {
    it(`${shards} file(s) behind symbolic links, as in the shared cache of the hub`, async () => {
      const real = model('tiny_vit', { naming: 'hf', shards });
      const cache = mkdtempSync(join(tmpdir(), 'clip-cache-'));
      folders.push(cache);
      const [blobs, snapshot] = [join(cache, 'blobs'), join(cache, 'snapshot')];
      mkdirSync(blobs);
      mkdirSync(snapshot);
      for (const [i, name] of readdirSync(real).entries()) {
        writeFileSync(join(blobs, `blob${i}`), readFileSync(join(real, name)));
        symlinkSync(join(blobs, `blob${i}`), join(snapshot, name));
      }
      assertNear(await image(snapshot, 'raw'), readNpy('tiny_vit/clip_image_32.npy').data, FEATURES);
    });
  }
});
