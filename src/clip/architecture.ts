import type { Checkpoint } from './checkpoint/checkpoint';
import type { Activation, ModelConfig } from './config';
import { ModelError } from './errors';

/** Sizes of one transformer. */
export interface Tower {
  readonly kind: 'vision' | 'text';
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  /** Width of the hidden layer of the feed-forward network. */
  readonly hidden: number;
  readonly activation: Activation;
  readonly epsilon: number;
  /** Width of the space that images and texts share. */
  readonly embed: number;
}

export interface VisionTower extends Tower {
  readonly kind: 'vision';
  /** Side of a patch in pixels. */
  readonly patch: number;
  /** Side of the square of patches that the positional embeddings were trained for. */
  readonly nativeGrid: number;
}

export interface TextTower extends Tower {
  readonly kind: 'text';
  /** The most tokens of a prompt, start and end included. */
  readonly context: number;
  readonly vocabulary: number;
}

const HEAD_WIDTH = 64;
const EPSILON = 1e-5;

/**
 * Sizes of the image encoder, read off the shapes of the tensors.
 * @throws ModelError when shapes contradict each other.
 */
export function visionTower(checkpoint: Checkpoint, config: ModelConfig): VisionTower {
  const [width, channels, patch, patchWidth] = sizes(checkpoint, 'vision.patch.weight', 4);
  if (channels !== 3 || patch !== patchWidth)
    throw new ModelError('The patch embedding is not one of square RGB patches.');
  const [tokens] = sizes(checkpoint, 'vision.positions', 2);
  const nativeGrid = Math.sqrt(tokens! - 1);
  if (!Number.isInteger(nativeGrid) || nativeGrid < 1) {
    throw new ModelError(
      `The image encoder has ${tokens} positions, which is not a square of patches and a class token.`,
    );
  }
  return { kind: 'vision', ...towerSizes('vision', checkpoint, config, width!), patch: patch!, nativeGrid };
}

/**
 * Sizes of the text encoder, read off the shapes of the tensors.
 * @throws ModelError when shapes contradict each other.
 */
export function textTower(checkpoint: Checkpoint, config: ModelConfig): TextTower {
  const [vocabulary, width] = sizes(checkpoint, 'text.tokens', 2);
  const [context] = sizes(checkpoint, 'text.positions', 2);
  return {
    kind: 'text',
    ...towerSizes('text', checkpoint, config, width!),
    vocabulary: vocabulary!,
    context: context!,
  };
}

function towerSizes(kind: 'vision' | 'text', checkpoint: Checkpoint, config: ModelConfig, width: number) {
  const layers = checkpoint.layers(kind);
  if (layers === 0) throw new ModelError(`The checkpoint has no ${kind} transformer.`);
  const named = kind === 'vision' ? config.visionHeads : config.textHeads;
  const heads = named ?? Math.max(1, Math.round(width / HEAD_WIDTH));
  if (width % heads !== 0) throw new ModelError(`A width of ${width} cannot be shared by ${heads} attention heads.`);
  const projection = checkpoint.tensor(`${kind}.projection.weight`, [-1, width]);
  return {
    layers,
    width,
    heads,
    hidden: sizes(checkpoint, `${kind}.blocks.0.fc1.weight`, 2)[0]!,
    activation: config.activation ?? 'quick_gelu',
    epsilon: config.epsilon ?? EPSILON,
    embed: projection.shape[projection.transposed ? 1 : 0]!,
  };
}

function sizes(checkpoint: Checkpoint, name: string, rank: number): readonly number[] {
  return checkpoint.tensor(name, new Array<number>(rank).fill(-1)).shape;
}
