import type { StoredTensor } from './safetensors';

/**
 * Checkpoints name the same tensors in two ways. The rest of the code knows one set of names:
 *
 *   vision.patch.weight, vision.class, vision.positions, vision.pre.*, vision.post.*, vision.projection.weight,
 *   text.tokens, text.positions, text.final.*, text.projection.weight, logitScale, and for each block i
 *   {vision|text}.blocks.i.{norm1|norm2|q|k|v|out|fc1|fc2}.{weight|bias}; of a ResNet vision.positions,
 *   vision.pool.{q|k|v|c}.{weight|bias} and, under OpenAI's own names, vision.resnet.*
 */
export interface StoredName {
  /** The tensor's name in the file. */
  readonly name: string;
  /** Rows of this third only: 0 for the queries, 1 the keys, 2 the values of a packed projection. */
  readonly third?: 0 | 1 | 2;
  /** The file holds `[in, out]` where linear layers are `[out, in]`. */
  readonly transposed?: true;
}

export interface NamingScheme {
  readonly name: 'openai' | 'huggingface' | 'own';
  /** Whether the image encoder is a ModifiedResNet, which only OpenAI's names know. */
  readonly isResNet: boolean;
  /** How this scheme stores a tensor of our set of names, or the start of names: `vision.blocks`. */
  stored(name: string): StoredName;
}

/** What every block of a transformer consists of, each with a weight and a bias. */
export const BLOCK_PARTS = ['norm1', 'norm2', 'q', 'k', 'v', 'out', 'fc1', 'fc2'] as const;
const THIRD = { q: 0, k: 1, v: 2 } as const;
const BLOCK = /^(vision|text)\.blocks\.(\d+)\.(\w+)\.(weight|bias)$/;
const POOL = /^vision\.pool\.(\w)\.(weight|bias)$/;
const RESNET = 'vision.resnet.';

/** OpenAI and open_clip. `prefix` is "text." where the text tower is a module of its own. */
function openai(prefix: '' | 'text.', isResNet: boolean): NamingScheme {
  const fixed: Record<string, StoredName> = {
    'vision.patch.weight': { name: 'visual.conv1.weight' },
    'vision.class': { name: 'visual.class_embedding' },
    'vision.positions': { name: `visual.${isResNet ? 'attnpool.' : ''}positional_embedding` },
    'vision.projection.weight': { name: 'visual.proj', transposed: true },
    'vision.blocks': { name: 'visual.transformer.resblocks' },
    'text.blocks': { name: `${prefix}transformer.resblocks` },
    'text.tokens': { name: `${prefix}token_embedding.weight` },
    'text.positions': { name: `${prefix}positional_embedding` },
    'text.projection.weight': { name: `${prefix}text_projection`, transposed: true },
    logitScale: { name: 'logit_scale' },
  };
  const norms: Record<string, string> = {
    'vision.pre': 'visual.ln_pre',
    'vision.post': 'visual.ln_post',
    'text.final': `${prefix}ln_final`,
  };
  const parts: Record<string, string> = {
    norm1: 'ln_1',
    norm2: 'ln_2',
    out: 'attn.out_proj',
    fc1: 'mlp.c_fc',
    fc2: 'mlp.c_proj',
  };
  return {
    name: 'openai',
    isResNet,
    stored(name) {
      if (name.startsWith(RESNET)) return { name: `visual.${name.slice(RESNET.length)}` };
      const pool = POOL.exec(name);
      if (pool) return { name: `visual.attnpool.${pool[1]}_proj.${pool[2]}` };
      const block = BLOCK.exec(name);
      if (!block) return fixed[name] ?? { name: renamedNorm(name, norms) };
      const [, tower, index, part, kind] = block as unknown as [string, string, string, string, string];
      const start = `${tower === 'vision' ? 'visual.' : prefix}transformer.resblocks.${index}`;
      if (part in THIRD) return { name: `${start}.attn.in_proj_${kind}`, third: THIRD[part as keyof typeof THIRD] };
      return { name: `${start}.${parts[part]}.${kind}` };
    },
  };
}

function huggingFace(): NamingScheme {
  const fixed: Record<string, string> = {
    'vision.patch.weight': 'vision_model.embeddings.patch_embedding.weight',
    'vision.class': 'vision_model.embeddings.class_embedding',
    'vision.positions': 'vision_model.embeddings.position_embedding.weight',
    'vision.projection.weight': 'visual_projection.weight',
    'vision.blocks': 'vision_model.encoder.layers',
    'text.blocks': 'text_model.encoder.layers',
    'text.tokens': 'text_model.embeddings.token_embedding.weight',
    'text.positions': 'text_model.embeddings.position_embedding.weight',
    'text.projection.weight': 'text_projection.weight',
    logitScale: 'logit_scale',
  };
  const norms: Record<string, string> = {
    'vision.pre': 'vision_model.pre_layrnorm', // spelled so in the library
    'vision.post': 'vision_model.post_layernorm',
    'text.final': 'text_model.final_layer_norm',
  };
  const parts: Record<string, string> = {
    norm1: 'layer_norm1', norm2: 'layer_norm2', fc1: 'mlp.fc1', fc2: 'mlp.fc2',
    q: 'self_attn.q_proj', k: 'self_attn.k_proj', v: 'self_attn.v_proj', out: 'self_attn.out_proj',
  }; // prettier-ignore
  return {
    name: 'huggingface',
    isResNet: false,
    stored(name) {
      const block = BLOCK.exec(name);
      if (!block) return { name: fixed[name] ?? renamedNorm(name, norms) };
      const [, tower, index, part, kind] = block as unknown as [string, string, string, string, string];
      return { name: `${tower}_model.encoder.layers.${index}.${parts[part]}.${kind}` };
    },
  };
}

/** Our set of names itself: what we write. */
const own: NamingScheme = { name: 'own', isResNet: false, stored: (name) => ({ name }) };

function renamedNorm(name: string, norms: Record<string, string>): string {
  const dot = name.lastIndexOf('.');
  const norm = norms[name.slice(0, dot)];
  if (!norm) throw new RangeError(`No such tensor: ${name}`);
  return norm + name.slice(dot);
}

/** The scheme of a file, told by its first convolution; undefined when that is not one of a CLIP. */
export function namingOf(tensors: ReadonlyMap<string, StoredTensor>): NamingScheme | undefined {
  if (tensors.has('visual.conv1.weight')) {
    return openai(
      tensors.has('text.token_embedding.weight') ? 'text.' : '',
      tensors.has('visual.attnpool.k_proj.weight'),
    );
  }
  if (tensors.has('vision_model.embeddings.patch_embedding.weight')) return huggingFace();
  if (tensors.has('vision.patch.weight')) return own;
  return undefined;
}
