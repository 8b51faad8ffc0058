import type { StoredTensor } from './safetensors';

/**
 * Checkpoints name the same tensors in two ways. The rest of the code knows one set of names:
 *
 *   vision.patch.weight, vision.class, vision.positions, vision.pre.*, vision.post.*, vision.projection.weight,
 *   text.tokens, text.positions, text.final.*, text.projection.weight, logitScale, and for each block i
 *   {vision|text}.blocks.i.{norm1|norm2|q|k|v|out|fc1|fc2}.{weight|bias}
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
  readonly name: 'openai' | 'huggingface';
  /** How this scheme stores a tensor of our set of names. */
  stored(name: string): StoredName;
  /** Matches the names of a tower's blocks; the first group is the block's number. */
  readonly blocks: Readonly<Record<'vision' | 'text', RegExp>>;
}

const THIRD = { q: 0, k: 1, v: 2 } as const;
const BLOCK = /^(vision|text)\.blocks\.(\d+)\.(\w+)\.(weight|bias)$/;

/** OpenAI and open_clip. `prefix` is "text." where the text tower is a module of its own. */
function openai(prefix: '' | 'text.'): NamingScheme {
  const fixed: Record<string, StoredName> = {
    'vision.patch.weight': { name: 'visual.conv1.weight' },
    'vision.class': { name: 'visual.class_embedding' },
    'vision.positions': { name: 'visual.positional_embedding' },
    'vision.projection.weight': { name: 'visual.proj', transposed: true },
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
    blocks: {
      vision: /^visual\.transformer\.resblocks\.(\d+)\./,
      text: new RegExp(`^${prefix.replace('.', '\\.')}transformer\\.resblocks\\.(\\d+)\\.`),
    },
    stored(name) {
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
    blocks: {
      vision: /^vision_model\.encoder\.layers\.(\d+)\./,
      text: /^text_model\.encoder\.layers\.(\d+)\./,
    },
    stored(name) {
      const block = BLOCK.exec(name);
      if (!block) return { name: fixed[name] ?? renamedNorm(name, norms) };
      const [, tower, index, part, kind] = block as unknown as [string, string, string, string, string];
      return { name: `${tower}_model.encoder.layers.${index}.${parts[part]}.${kind}` };
    },
  };
}

function renamedNorm(name: string, norms: Record<string, string>): string {
  const dot = name.lastIndexOf('.');
  const norm = norms[name.slice(0, dot)];
  if (!norm) throw new RangeError(`No such tensor: ${name}`);
  return norm + name.slice(dot);
}

/** The scheme of a file, told by its patch embedding; undefined when it is no CLIP with a vision transformer. */
export function namingOf(tensors: ReadonlyMap<string, StoredTensor>): NamingScheme | undefined {
  if (tensors.has('visual.conv1.weight')) return openai(tensors.has('text.token_embedding.weight') ? 'text.' : '');
  if (tensors.has('vision_model.embeddings.patch_embedding.weight')) return huggingFace();
  return undefined;
}
