import { LRUCache } from 'lru-cache';
import { Tensor } from 'onnxruntime-node';
import { ModelError } from '../clip/errors';
import { positionsFor } from '../clip/graph/positions';
import { resNetGraph } from '../clip/graph/resNet';
import { visionGraph } from '../clip/graph/visionTransformer';
import type { ImagePath } from '../clip/methods/method';
import { keptSize, squareSize, type Size } from '../clip/preprocess/size';
import { DEFAULT_RESNET_KEYS, type Aspect, type ResNetKeys } from '../protocol/explanation';
import type { ExplainSize } from '../protocol/engine';
import { hasExactFusedAttention } from './executionProviders';
import { EngineError } from './failure';
import type { Model } from './model';
import type { Sessions } from './sessions';

/** What the tokens of a picture depend on, beside the picture. */
export interface VisionSetup {
  readonly model: Model;
  readonly path: ImagePath;
  readonly blocks: number;
  /** Surgery of a ResNet only. */
  readonly keys?: ResNetKeys;
  readonly size: ExplainSize;
  readonly provider: string;
}

const CACHE_BYTES = 256 * 2 ** 20;
/** A grid beyond this makes attention matrices that no machine holds. */
const MOST_PATCHES = 16384;
/** Convolutions hold whole pictures: four times the largest square that is meant to be used. */
const MOST_PIXELS = 2048 * 2048;

/** Turns pixels into tokens `[1+N, D]`, and keeps them: a prompt edit never encodes a picture again. */
export class VisionEncoder {
  private readonly cache = new LRUCache<string, Float32Array>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (tokens) => tokens.byteLength,
  });

  constructor(private readonly sessions: Sessions) {}

  /** Tokens of the picture with this hash, if it was encoded before. */
  known(imageSha256: string, setup: VisionSetup): Float32Array | undefined {
    return this.cache.get(cacheKey(imageSha256, setup));
  }

  remember(imageSha256: string, setup: VisionSetup, tokens: Float32Array): void {
    this.cache.set(cacheKey(imageSha256, setup), tokens);
  }

  /**
   * @param pixels `[batch, 3, height, width]`, normalised
   * @returns tokens `[batch, 1+N, D]`, not normalised
   * @throws ModelError when the result is not finite, as with damaged weights.
   */
  async encode(pixels: Float32Array, batch: number, setup: VisionSetup): Promise<Float32Array> {
    const { model, size, provider } = setup;
    const tower = model.vision;
    const session = await this.sessions.get(model, `vision:${way(setup)}`, provider, () => imageGraph(setup));
    const grid = { rows: size.height / tower.patch, cols: size.width / tower.patch };
    const stored = await model.values(model.checkpoint.tensor('vision.positions'));
    const { tokens } = await session.run({
      pixels: new Tensor('float32', pixels, [batch, 3, size.height, size.width]),
      positions: new Tensor('float32', positionsFor(stored, tower.width, grid), [
        1 + grid.rows * grid.cols,
        tower.width,
      ]),
    });
    return finite(tokens!.data as Float32Array);
  }
}

function imageGraph({
  model: { checkpoint, vision },
  path,
  blocks,
  keys = DEFAULT_RESNET_KEYS,
  provider,
}: VisionSetup) {
  const fused = hasExactFusedAttention(provider);
  return vision.kind === 'resnet'
    ? resNetGraph(checkpoint, vision, path.pool(keys), fused)
    : visionGraph(checkpoint, vision, path.path(blocks), fused);
}

/** Names the way through the image encoder. */
function way({ path, blocks, keys }: VisionSetup): string {
  return [path.name, blocks, keys].join(':');
}

/**
 * The size to encode at.
 * @param shape left out: a square
 * @throws EngineError when it does not fit the patch or is too large.
 */
export function checkedSize(
  model: Model,
  asked: ExplainSize | number | undefined,
  shape?: { readonly aspect: Aspect; readonly picture: Size },
): ExplainSize {
  const { patch, explainSize } = model.info;
  const size = typeof asked === 'object' ? asked : sizeOf(asked ?? explainSize, patch, shape);
  for (const side of [size.height, size.width]) {
    if (!Number.isSafeInteger(side) || side <= 0 || side % patch !== 0) {
      throw new EngineError(
        'bad-request',
        `The size ${side} is not a multiple of this model's patch of ${patch} pixels.`,
      );
    }
  }
  if ((size.height / patch) * (size.width / patch) > MOST_PATCHES) {
    throw new EngineError(
      'bad-request',
      `The size ${size.height} x ${size.width} makes more than ${MOST_PATCHES} patches.`,
    );
  }
  if (size.height * size.width > MOST_PIXELS) {
    throw new EngineError(
      'bad-request',
      `The size ${size.height} x ${size.width} has more than ${MOST_PIXELS} pixels.`,
    );
  }
  return size;
}

function sizeOf(side: number, patch: number, shape: Parameters<typeof checkedSize>[2]): ExplainSize {
  if (!Number.isFinite(side) || side <= 0) throw new EngineError('bad-request', `The size ${side} is not a size.`);
  return shape?.aspect === 'keep' ? keptSize(side, patch, shape.picture) : squareSize(side, patch);
}

/** @throws ModelError naming the cause when a value is NaN or infinite. */
export function finite(values: Float32Array): Float32Array {
  if (values.every(Number.isFinite)) return values;
  throw new ModelError(
    'The model computes values that are not numbers: its checkpoint is damaged.',
    'Download the checkpoint again.',
  );
}

function cacheKey(imageSha256: string, setup: VisionSetup): string {
  const { model, size, provider } = setup;
  return [imageSha256, model.identity, way(setup), size.height, size.width, provider, 'fp32'].join('|');
}
