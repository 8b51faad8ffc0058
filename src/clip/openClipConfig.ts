import type { ModelConfig } from './config';
import { ModelError } from './errors';
import { channels, count, number, object, parseJson, type Json } from './jsonFields';

/** Options that change the computation, and what they are in every CLIP that can be explained; null: not set. */
const VISION_OPTIONS = {
  timm_model_name: null,
  pool_type: 'tok',
  global_average_pool: false,
  attentional_pool: false,
  final_ln_after_pool: false,
  act_kwargs: null,
};
const TEXT_OPTIONS = {
  hf_model_name: null,
  pool_type: 'argmax',
  no_causal_mask: false,
  embed_cls: false,
  proj_bias: false,
  act_kwargs: null,
};

/**
 * Reads open_clip_config.json, where GELU is the default and `quick_gelu` a flag.
 * @throws ModelError when an option that changes the computation is set.
 */
export function parseOpenClipConfig(text: string): ModelConfig {
  const config = parseJson(text, 'open_clip_config.json');
  const model = object(config['model_cfg']);
  const vision = object(model['vision_cfg']);
  const text_ = object(model['text_cfg']);
  const preprocess = object(config['preprocess_cfg']);
  refuseOptions('vision_cfg', vision, VISION_OPTIONS);
  refuseOptions('text_cfg', text_, TEXT_OPTIONS);
  return {
    activation: model['quick_gelu'] === true ? 'quick_gelu' : 'gelu',
    visionHeads: openClipHeads(vision),
    textHeads: count(text_['heads']),
    epsilon: number(object(vision['norm_kwargs'])['eps']),
    mean: channels(preprocess['mean']),
    std: channels(preprocess['std']),
  };
}

/** open_clip names the width of a head, 64 where it does not; a ResNet's pool is 32 times as wide as its stem. */
function openClipHeads(vision: Json): number | undefined {
  const width = count(vision['width']);
  const poolFactor = Array.isArray(vision['layers']) ? 32 : 1;
  return width && Math.floor((width * poolFactor) / (count(vision['head_width']) ?? 64));
}

function refuseOptions(part: string, config: Json, usual: Json): void {
  for (const [option, value] of Object.entries(usual)) {
    const found = config[option] ?? null;
    if (found === null || found === value) continue;
    throw new ModelError(
      `open_clip_config.json sets ${part}.${option} to ${JSON.stringify(found)}, which CLIP Surgery cannot explain.`,
      'Choose a CLIP with a vision transformer or a ResNet, such as ViT-B/16.',
    );
  }
}
