import { strict as assert } from 'node:assert';
import { imageEncoder, textTower } from '../../src/clip/architecture';
import { Checkpoint } from '../../src/clip/checkpoint/checkpoint';
import { toFloat32 } from '../../src/clip/checkpoint/floats';
import { parseHuggingFaceConfig } from '../../src/clip/config';
import { parseModelCard } from '../../src/clip/modelCard';
import { parseOpenClipConfig } from '../../src/clip/openClipConfig';
import { header } from '../fixtures/header';

const OPENAI = {
  'visual.conv1.weight': [128, 3, 16, 16],
  'visual.positional_embedding': [50, 128],
  'visual.proj': [128, 32],
  'visual.transformer.resblocks.0.attn.in_proj_weight': [384, 128],
  'visual.transformer.resblocks.0.mlp.c_fc.weight': [512, 128],
  'visual.transformer.resblocks.11.mlp.c_fc.weight': [512, 128],
  'token_embedding.weight': [1000, 64],
  positional_embedding: [77, 64],
  text_projection: [64, 32],
  'transformer.resblocks.0.mlp.c_fc.weight': [256, 64],
};

/** As far as sizes are read off it, RN50. */
const RESNET = {
  'visual.conv1.weight': [32, 3, 3, 3],
  'visual.layer1.2.conv1.weight': [64, 256, 1, 1],
  'visual.layer2.3.conv1.weight': [128, 512, 1, 1],
  'visual.layer3.5.conv1.weight': [256, 1024, 1, 1],
  'visual.layer4.2.conv1.weight': [512, 2048, 1, 1],
  'visual.attnpool.positional_embedding': [50, 2048],
  'visual.attnpool.k_proj.weight': [2048, 2048],
  'visual.attnpool.c_proj.weight': [1024, 2048],
};

describe('checkpoint', () => {
  it('reads sizes off the shapes of OpenAI names', () => {
    const checkpoint = new Checkpoint(header(OPENAI));
    const vision = imageEncoder(checkpoint, {});
    assert.deepEqual(
      { ...vision },
      {
        kind: 'vision', layers: 12, width: 128, heads: 2, hidden: 512, activation: 'quick_gelu',
        epsilon: 1e-5, embed: 32, patch: 16, nativeGrid: 7,
      },
    ); // prettier-ignore
    const text = textTower(checkpoint, {});
    assert.deepEqual([text.layers, text.width, text.context, text.vocabulary, text.embed], [1, 64, 77, 1000, 32]);
  });

  it('finds the text tower behind a prefix', () => {
    const prefixed = Object.entries(OPENAI).map(([name, shape]) => [
      name.startsWith('visual') ? name : `text.${name}`,
      shape,
    ]);
    const checkpoint = new Checkpoint(header(Object.fromEntries(prefixed) as Record<string, number[]>));
    assert.equal(textTower(checkpoint, {}).vocabulary, 1000);
  });

  it('takes queries, keys and values out of a packed projection by place', () => {
    const checkpoint = new Checkpoint(header(OPENAI));
    const [q, k, v] = ['q', 'k', 'v'].map((part) => checkpoint.tensor(`vision.blocks.0.${part}.weight`, [128, 128]));
    assert.equal(k!.offset - q!.offset, 128 * 128 * 4);
    assert.equal(v!.offset - k!.offset, 128 * 128 * 4);
    assert.equal(q!.length, 128 * 128 * 4);
  });

  it('names a missing tensor as the file would', () => {
    const checkpoint = new Checkpoint(header(OPENAI));
    assert.throws(() => checkpoint.tensor('vision.blocks.3.out.weight'), {
      message: /no tensor "visual.transformer.resblocks.3.attn.out_proj.weight"/,
    });
  });

  it('rejects a tensor of another shape', () => {
    const checkpoint = new Checkpoint(header(OPENAI));
    assert.throws(() => checkpoint.tensor('vision.positions', [50, 64]), {
      message: /shape \[50, 128\] where \[50, 64\]/,
    });
  });

  it('reads sizes off the shapes of a ResNet, and rejects one without a stage', () => {
    const resnet = header(RESNET);
    const { kind, ...sizes } = imageEncoder(new Checkpoint(resnet), {});
    assert.equal(kind, 'resnet');
    assert.deepEqual(sizes, { stages: [3, 4, 6, 3], width: 2048, heads: 32, embed: 1024, patch: 32, nativeGrid: 7 });
    resnet.delete('visual.layer2.3.conv1.weight');
    assert.throws(() => imageEncoder(new Checkpoint(resnet), {}), { message: /lacks one of its stages/ });
  });

  for (const [pixels, patch, positions] of [
    [336, 14, 577],
    [256, 16, 257],
  ] as const) {
    it(`reads a native size of ${pixels} pixels`, () => {
      const shapes = { 'visual.conv1.weight': [128, 3, patch, patch], 'visual.positional_embedding': [positions, 128] };
      const encoder = imageEncoder(new Checkpoint(header({ ...OPENAI, ...shapes })), {});
      assert.equal(encoder.patch * encoder.nativeGrid, pixels);
    });
  }

  it('rejects models that are not CLIPs, that have one block, or whose positions do not fit', () => {
    assert.throws(() => new Checkpoint(header({ 'some.weight': [1] })), { message: /not a CLIP/ });
    const single = header(OPENAI);
    single.delete('visual.transformer.resblocks.11.mlp.c_fc.weight');
    assert.throws(() => imageEncoder(new Checkpoint(single), {}), { message: /single block.* needs 2/ });
    const narrow = { ...OPENAI, 'visual.positional_embedding': [50, 64] };
    assert.throws(() => imageEncoder(new Checkpoint(header(narrow)), {}), { message: /where \[n, 128\] is needed/ });
    const hollow = { ...OPENAI, 'visual.conv1.weight': [128, 3, 0, 0] };
    assert.throws(() => imageEncoder(new Checkpoint(header(hollow)), {}), { message: /shape \[128, 3, 0, 0\]/ });
  });

  it('rejects a part of a block that it would leave out', () => {
    const scaled = { ...OPENAI, 'visual.transformer.resblocks.0.ls_1.gamma': [128] };
    assert.throws(() => new Checkpoint(header(scaled)), {
      message: /"visual.transformer.resblocks.0.ls_1.gamma", which/,
    });
  });

  it('uses the heads of the config, and rejects ones that do not divide the width', () => {
    const checkpoint = new Checkpoint(header(OPENAI));
    assert.equal(imageEncoder(checkpoint, { visionHeads: 4 }).heads, 4);
    assert.throws(() => imageEncoder(checkpoint, { visionHeads: 3 }), {
      message: /width of 128 cannot be shared by 3/,
    });
  });
});

describe('half precision', () => {
  it('reads binary16 and bfloat16', () => {
    const half = Uint8Array.from([0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x00, 0x7c, 0xff, 0x7b]);
    assert.deepEqual([...toFloat32(half, 'F16')], [1, -2, 2 ** -24, Infinity, 65504]);
    assert.deepEqual([...toFloat32(Uint8Array.from([0x80, 0x3f, 0x20, 0xc1]), 'BF16')], [1, -10]);
  });
});

describe('model config', () => {
  it('tells the activations apart', () => {
    assert.equal(parseHuggingFaceConfig('{"vision_config":{"hidden_act":"gelu"}}').activation, 'gelu');
    assert.equal(parseHuggingFaceConfig('{}').activation, 'quick_gelu');
    assert.equal(parseOpenClipConfig('{"model_cfg":{}}').activation, 'gelu');
    assert.equal(parseOpenClipConfig('{"model_cfg":{"quick_gelu":true}}').activation, 'quick_gelu');
  });

  it('rejects what is not a CLIP, or not JSON', () => {
    assert.throws(() => parseHuggingFaceConfig('{"model_type":"siglip"}'), { message: /type "siglip"/ });
    assert.throws(() => parseHuggingFaceConfig('{'), { message: /not valid JSON/ });
    assert.throws(() => parseHuggingFaceConfig('{"vision_config":{"hidden_act":"relu"}}'), { message: /"relu"/ });
  });

  it('takes the heads of open_clip from the width of one', () => {
    const heads = (vision_cfg: unknown) =>
      parseOpenClipConfig(JSON.stringify({ model_cfg: { vision_cfg } })).visionHeads;
    assert.equal(heads({ width: 1280, head_width: 80 }), 16);
    assert.equal(heads({ width: 768 }), 12);
    assert.equal(heads({ width: 64, layers: [3, 4, 6, 3] }), 32);
    assert.equal(heads({}), undefined);
  });

  for (const [part, option, value] of [
    ['vision_cfg', 'timm_model_name', 'convnext_base'],
    ['vision_cfg', 'pool_type', 'avg'],
    ['vision_cfg', 'attentional_pool', true],
    ['text_cfg', 'hf_model_name', 'xlm-roberta-base'],
    ['text_cfg', 'no_causal_mask', true],
  ] as const) {
    it(`rejects open_clip’s ${part}.${option} by name, and takes what it is by default`, () => {
      const config = (set: unknown) => JSON.stringify({ model_cfg: { [part]: { [option]: set } } });
      assert.throws(() => parseOpenClipConfig(config(value)), {
        message: new RegExp(`${part}.${option} to .*${value}`),
      });
      assert.doesNotThrow(() => parseOpenClipConfig(config(null)));
    });
  }

  it('takes what the folder’s card says, and rejects what is not a text', () => {
    const card = { id: 'openai/clip', name: 'ViT-B/16', licence: 'MIT', citation: '@article{}' };
    assert.deepEqual(parseModelCard(JSON.stringify({ ...card, more: 1 })), { ...card, activation: undefined });
    assert.equal(parseModelCard('{}').licence, undefined);
    assert.throws(() => parseModelCard('{"licence": 7}'), { message: /"licence" in clip-surgery-model.json/ });
  });
});
