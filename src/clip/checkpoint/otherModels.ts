import { ModelError } from '../errors';

/** Why an image encoder that is not a plain vision transformer with a class token has no surgery. */
const NO_CLASS_TOKEN = 'its image encoder has an attention pooling head instead of a class token';
const NOT_A_TRANSFORMER = 'its image encoder is a hybrid of convolutions and attention';
const ROTARY = 'its image encoder has rotary positions and other blocks';
const OTHER_TEXT = 'its text encoder is another language model than CLIP’s own';

/** Names of tensors that tell models which are like CLIP and cannot be explained as one, the most particular first. */
const OTHERS: readonly [sign: RegExp, what: string, why: string][] = [
  [/^vision_model\.head\.(probe|attention)|^visual\.trunk\.attn_pool\./, 'a SigLIP', NO_CLASS_TOKEN],
  [/^visual\.attn_pool\./, 'a CoCa or another CLIP with a pooling head', NO_CLASS_TOKEN],
  [/^visual\.(trunk\.)?(rope\.|blocks\.\d+\.attn\.(q_proj|q_bias|rope|inner_attn_ln))/, 'an EVA-CLIP', ROTARY],
  [/^(visual\.trunk|image_encoder\.model)\.(stem|patch_emb|stages|network)\b/, 'a MobileCLIP or a ConvNeXt', NOT_A_TRANSFORMER],
  [/^visual\.trunk\./, 'a CLIP around an image model of the timm library', 'its image encoder is not CLIP’s own'],
  [/^visual_encoder\.|^vision_model\.encoder\.layers\.\d+\.self_attn\.qkv\.|^text_decoder\./, 'a BLIP', 'its encoders are not CLIP’s own'],
  [/^text_model\.(roberta\.|embeddings\.word_embeddings)|^text\.transformer\.(embeddings|shared|encoder)\.|^(bert|roberta)\.(embeddings|encoder)\./, 'a CLIP with a text encoder such as BERT, XLM-RoBERTa or T5', OTHER_TEXT],
]; // prettier-ignore

/** @throws ModelError saying what the checkpoint is, where a tensor's name tells another kind of model. */
export function refuseOtherModels(names: Iterable<string>): void {
  const all = [...names];
  for (const [sign, what, why] of OTHERS) {
    const found = all.find((name) => sign.test(name));
    if (found === undefined) continue;
    throw new ModelError(
      `This is ${what}: ${why} ("${found}"), so CLIP Surgery cannot explain it.`,
      'Choose a CLIP with a vision transformer or a ResNet, such as ViT-B/16.',
    );
  }
}
