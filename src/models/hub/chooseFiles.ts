import { ModelDownloadError } from '../errors';

export const INDEX = 'model.safetensors.index.json';
const OPEN_CLIP_WEIGHTS = ['open_clip_model.safetensors', 'open_clip_pytorch_model.safetensors'];
const BESIDE = ['tokenizer.json', 'preprocessor_config.json'];
const PICKLES = /\.(bin|pt|pth|ckpt)$/;

/**
 * Which files of a repository make a CLIP that can be explained; of a sharded one the index stands for its shards.
 * @throws ModelDownloadError that says why there is none.
 */
export function chooseFiles(repository: string, names: readonly string[]): readonly string[] {
  const has = (name: string) => names.includes(name);
  const beside = BESIDE.filter(has);
  // First, because a repository of both kinds may have other things under the plain names: timm's image encoder.
  const openClip = OPEN_CLIP_WEIGHTS.find(has);
  if (openClip && has('open_clip_config.json')) return ['open_clip_config.json', ...beside, openClip];
  const weights = ['model.safetensors', INDEX].find(has);
  if (weights && has('config.json')) return ['config.json', ...beside, weights];
  if (names.some((name) => PICKLES.test(name)) && !names.some((name) => name.endsWith('.safetensors'))) {
    throw new ModelDownloadError(
      'no-safetensors',
      `${repository} has its weights only as pickled PyTorch files, which can run any program when they are opened.`,
      'Convert it where you trust it, with save_pretrained(folder, safe_serialization=True) of transformers or ' +
        'save_file of safetensors.torch, and choose that folder.',
    );
  }
  throw new ModelDownloadError(
    'not-clip',
    `${repository} does not look like a CLIP: it lacks config.json with model.safetensors, and open_clip_config.json ` +
      'with open_clip_model.safetensors.',
    'Choose a repository in the layout of CLIPModel of transformers or of open_clip.',
  );
}

/** The files that an index of a sharded checkpoint names. */
export function shardsOf(index: unknown): readonly string[] {
  const { weight_map } = (index ?? {}) as { weight_map?: unknown };
  const shards = [...new Set(Object.values((weight_map ?? {}) as Record<string, unknown>))];
  if (shards.length > 0 && shards.every((shard) => typeof shard === 'string')) return shards;
  throw new ModelDownloadError('bad-answer', `${INDEX} names no shards.`);
}
