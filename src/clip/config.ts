import { ModelError } from './errors';
import { channels, count, number, object, parseJson, string, strings, type Json } from './jsonFields';

/** What a model's own files say beside its tensors. Everything may be left out. */
export interface ModelConfig {
  readonly activation?: Activation;
  readonly visionHeads?: number;
  readonly textHeads?: number;
  readonly epsilon?: number;
  /** Normalisation of the pixels, per channel, of values 0..1. */
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  /** What the model's authors say about explaining it. */
  readonly surgery?: SurgeryConfig;
}

/** The `clip_surgery` entry of our own models' config.json. */
export interface SurgeryConfig {
  readonly name?: string;
  readonly note?: string;
  readonly licence?: string;
  /** Side of the square, in pixels, that gives the best maps. */
  readonly explainSize?: number;
  readonly surgeryBlocks?: number;
  readonly prompts?: readonly string[];
  readonly referenceWords?: readonly string[];
}

export type Activation = 'quick_gelu' | 'gelu';

/**
 * Reads config.json of Hugging Face's `CLIPModel`.
 * @throws ModelError when it is the configuration of something else.
 */
export function parseHuggingFaceConfig(text: string): ModelConfig {
  const config = parseJson(text, 'config.json');
  const type = string(config['model_type']);
  if (type !== undefined && type !== 'clip') {
    throw new ModelError(`config.json describes a model of type "${type}", not a CLIP.`);
  }
  const vision = object(config['vision_config']);
  const text_ = object(config['text_config']);
  return {
    activation: activation(vision['hidden_act'] ?? 'quick_gelu'),
    visionHeads: count(vision['num_attention_heads']),
    textHeads: count(text_['num_attention_heads']),
    epsilon: number(vision['layer_norm_eps']),
    surgery: surgeryConfig(object(config['clip_surgery'])),
  };
}

/** Reads preprocessor_config.json. */
export function parsePreprocessorConfig(text: string): Pick<ModelConfig, 'mean' | 'std'> {
  const config = parseJson(text, 'preprocessor_config.json');
  return { mean: channels(config['image_mean']), std: channels(config['image_std']) };
}

function surgeryConfig(config: Json): SurgeryConfig {
  return {
    name: string(config['name']),
    note: string(config['note']),
    licence: string(config['licence']),
    explainSize: count(config['explain_size']),
    surgeryBlocks: count(config['surgery_blocks']),
    prompts: strings(config['prompts']),
    referenceWords: strings(config['reference_words']),
  };
}

function activation(name: unknown): Activation {
  if (name === 'quick_gelu' || name === 'gelu') return name;
  throw new ModelError(`The model's activation "${String(name)}" is not supported; quick_gelu and gelu are.`);
}
