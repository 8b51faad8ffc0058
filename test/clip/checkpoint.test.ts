import { strict as assert } from 'node:assert';
import { textTower, visionTower } from '../../src/clip/architecture';
import { Checkpoint } from '../../src/clip/checkpoint/checkpoint';
import { toFloat32 } from '../../src/clip/checkpoint/floats';
import type { StoredTensor } from '../../src/clip/checkpoint/safetensors';
import { parseHuggingFaceConfig, parseOpenClipConfig } from '../../src/clip/config';

function header(shapes: Record<string, number[]>): Map<string, StoredTensor> {
  let offset = 100;
  return new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const length = shape.reduce((a, b) => a * b, 4);
      const tensor = { dtype: 'F32', shape, offset, length };
      offset += length;
      return [name, tensor];
    }),
  );
}

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

describe('checkpoint', () => {
  it('reads sizes off the shapes of OpenAI names', () => {
    const checkpoint = new Checkpoint(header(OPENAI));
    const vision = visionTower(checkpoint, {});
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

  it('rejects models that are not CLIPs with a vision transformer', () => {
    assert.throws(() => new Checkpoint(header({ 'bert.weight': [1] })), { message: /not a CLIP/ });
    const resnet = { 'visual.conv1.weight': [32, 3, 3, 3], 'visual.attnpool.k_proj.weight': [1, 1] };
    assert.throws(() => new Checkpoint(header(resnet)), { message: /ResNet/ });
  });

  it('uses the heads of the config, and rejects ones that do not divide the width', () => {
    const checkpoint = new Checkpoint(header(OPENAI));
    assert.equal(visionTower(checkpoint, { visionHeads: 4 }).heads, 4);
    assert.throws(() => visionTower(checkpoint, { visionHeads: 3 }), { message: /width of 128 cannot be shared by 3/ });
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
});
