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

/** How an image encoder sees a picture. */
interface PatchedEncoder {
  /** Side of a patch in pixels. */
  readonly patch: number;
  /** Side of the square of patches that the positional embeddings were trained for. */
  readonly nativeGrid: number;
}

export interface VisionTower extends Tower, PatchedEncoder {
  readonly kind: 'vision';
}

/** Sizes of OpenAI's ModifiedResNet: convolutions, then one attention that pools. */
export interface ResNetTower extends PatchedEncoder {
  readonly kind: 'resnet';
  /** How many bottlenecks each stage has. */
  readonly stages: readonly number[];
  /** Width of the tokens in the attention pool. */
  readonly width: number;
  readonly heads: number;
  readonly embed: number;
}

export type ImageEncoder = VisionTower | ResNetTower;

export interface TextTower extends Tower {
  readonly kind: 'text';
  /** The most tokens of a prompt, start and end included. */
  readonly context: number;
  readonly vocabulary: number;
}

const HEAD_WIDTH = 64;
const EPSILON = 1e-5;
/** Surgery needs a block whose tokens the last one explains. */
const FEWEST_BLOCKS = 2;
/** The stem and the stages of a ModifiedResNet halve a picture five times. */
const RESNET_PATCH = 32;
const RESNET_STAGES = ['layer1', 'layer2', 'layer3', 'layer4'];

/**
 * Sizes of the image encoder, read off the shapes of the tensors.
 * @throws ModelError when shapes contradict each other.
 */
export function imageEncoder(checkpoint: Checkpoint, config: ModelConfig): ImageEncoder {
  return checkpoint.isResNet ? resNetTower(checkpoint, config) : visionTower(checkpoint, config);
}

function visionTower(checkpoint: Checkpoint, config: ModelConfig): VisionTower {
  const [width, channels, patch, patchWidth] = sizes(checkpoint, 'vision.patch.weight', 4);
  if (channels !== 3 || patch !== patchWidth)
    throw new ModelError('The patch embedding is not one of square RGB patches.');
  const tower = towerSizes('vision', checkpoint, config, width!);
  if (tower.layers < FEWEST_BLOCKS) {
    throw new ModelError(`The image encoder has a single block; CLIP Surgery needs ${FEWEST_BLOCKS} or more.`);
  }
  return { kind: 'vision', ...tower, patch: patch!, nativeGrid: nativeGrid(checkpoint, width!) };
}

function resNetTower(checkpoint: Checkpoint, config: ModelConfig): ResNetTower {
  const stages = RESNET_STAGES.map((stage) => checkpoint.count(`vision.resnet.${stage}`));
  if (stages.includes(0)) throw new ModelError('The ResNet image encoder of the checkpoint lacks one of its stages.');
  const [embed, width] = sizes(checkpoint, 'vision.pool.c.weight', 2);
  return {
    kind: 'resnet',
    stages,
    width: width!,
    heads: headsOf(width!, config.visionHeads),
    embed: embed!,
    patch: RESNET_PATCH,
    nativeGrid: nativeGrid(checkpoint, width!),
  };
}

function nativeGrid(checkpoint: Checkpoint, width: number): number {
  const [tokens] = checkpoint.tensor('vision.positions', [-1, width]).shape;
  const side = Math.sqrt(tokens! - 1);
  if (Number.isInteger(side) && side > 0) return side;
  throw new ModelError(
    `The image encoder has ${tokens} positions, which is not a square of patches and a class token.`,
  );
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
  const layers = checkpoint.count(`${kind}.blocks`);
  if (layers === 0) throw new ModelError(`The checkpoint has no ${kind} transformer.`);
  const projection = checkpoint.tensor(`${kind}.projection.weight`, [-1, width]);
  return {
    layers,
    width,
    heads: headsOf(width, kind === 'vision' ? config.visionHeads : config.textHeads),
    hidden: sizes(checkpoint, `${kind}.blocks.0.fc1.weight`, 2)[0]!,
    activation: config.activation ?? 'quick_gelu',
    epsilon: config.epsilon ?? EPSILON,
    embed: projection.shape[projection.transposed ? 1 : 0]!,
  };
}

/** @param named what the configuration says, which goes first */
function headsOf(width: number, named: number | undefined): number {
  const heads = named ?? Math.max(1, Math.round(width / HEAD_WIDTH));
  if (width % heads === 0) return heads;
  throw new ModelError(`A width of ${width} cannot be shared by ${heads} attention heads.`);
}

function sizes(checkpoint: Checkpoint, name: string, rank: number): readonly number[] {
  return checkpoint.tensor(name, new Array<number>(rank).fill(-1)).shape;
}
