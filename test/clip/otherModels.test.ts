import { strict as assert } from 'node:assert';
import { Checkpoint } from '../../src/clip/checkpoint/checkpoint';
import { header } from '../fixtures/header';

/** Names of tensors as these models have them, and what is said of each. */
const OTHERS: readonly [names: string[], what: RegExp, why: RegExp][] = [
  [
    ['vision_model.embeddings.patch_embedding.weight', 'vision_model.head.probe', 'text_model.head.weight'],
    /a SigLIP/,
    /attention pooling head instead of a class token/,
  ],
  [['visual.trunk.patch_embed.proj.weight', 'visual.trunk.attn_pool.latent'], /a SigLIP/, /class token/],
  [['visual.conv1.weight', 'visual.attn_pool.query', 'text.cls_emb'], /a CoCa/, /pooling head/],
  [['visual.trunk.blocks.0.attn.q_proj.weight'], /an EVA-CLIP/, /rotary/],
  [['visual.blocks.0.attn.q_bias', 'visual.rope.freqs_cos'], /an EVA-CLIP/, /rotary/],
  [['visual.trunk.stem.0.conv_kxk.0.conv.weight'], /a MobileCLIP/, /hybrid of convolutions and attention/],
  [['image_encoder.model.patch_emb.0.block.conv.weight'], /a MobileCLIP/, /hybrid/],
  [['visual.trunk.blocks.0.attn.qkv.weight'], /timm/, /not CLIP’s own/],
  [['visual_encoder.blocks.0.attn.qkv.weight'], /a BLIP/, /not CLIP’s own/],
  [
    ['vision_model.embeddings.patch_embedding.weight', 'text_model.embeddings.word_embeddings.weight'],
    /BERT/,
    /another language model/,
  ],
  [
    ['visual.conv1.weight', 'text.transformer.embeddings.word_embeddings.weight'],
    /XLM-RoBERTa/,
    /another language model/,
  ],
  [['visual.conv1.weight', 'text.transformer.shared.weight'], /T5/, /another language model/],
];

describe('models that are like CLIP', () => {
  for (const [names, what, why] of OTHERS) {
    it(`${names.at(-1)}: refused as ${what.source}, with the reason`, () => {
      const tensors = header(Object.fromEntries(names.map((name) => [name, [1]])));
      assert.throws(
        () => new Checkpoint(tensors),
        ({ message, hint }: { message: string; hint?: string }) =>
          what.test(message) && why.test(message) && /^Choose a CLIP/.test(hint ?? ''),
      );
    });
  }
});
