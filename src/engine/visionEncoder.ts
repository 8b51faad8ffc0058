import { LRUCache } from 'lru-cache';
import { Tensor } from 'onnxruntime-node';
import type { GraphBuilder } from '../clip/graph/graphBuilder';
import { positionsFor } from '../clip/graph/positions';
import { resNetGraph } from '../clip/graph/resNet';
import { visionGraph } from '../clip/graph/visionTransformer';
import type { ImagePath } from '../clip/methods/method';
import { keptSize, squareSize, type Size } from '../clip/preprocess/size';
import { DEFAULT_RESNET_KEYS, type Aspect, type ResNetKeys } from '../protocol/explanation';
import type { ExplainSize } from '../protocol/engine';
import type { Execution } from '../protocol/execution';
import { EngineError } from './failure';
import { answersKey } from './int8/answersKey';
import type { Job } from './job';
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
  readonly execution: Execution;
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
   * @throws EngineError and ModelError as a session's run does
   */
  async encode(pixels: Float32Array, batch: number, setup: VisionSetup, job: Job): Promise<Float32Array> {
    const { model, size, execution } = setup;
    const tower = model.vision;
    const purpose = { name: `vision:${way(setup)}`, graph: (builder: GraphBuilder) => imageGraph(builder, setup) };
    const session = await this.sessions.get(model, execution, purpose, job);
    const grid = { rows: size.height / tower.patch, cols: size.width / tower.patch };
    const stored = await model.values(model.checkpoint.tensor('vision.positions'));
    const positions = positionsFor(stored, tower.width, grid);
    const inputs = {
      pixels: new Tensor('float32', pixels, [batch, 3, size.height, size.width]),
      positions: new Tensor('float32', positions, [1 + grid.rows * grid.cols, tower.width]),
    };
    return session.run(inputs, 'tokens');
  }
}

function imageGraph(
  builder: GraphBuilder,
  { model: { vision }, path, blocks, keys = DEFAULT_RESNET_KEYS }: VisionSetup,
): Uint8Array {
  return vision.kind === 'resnet'
    ? resNetGraph(builder, vision, path.pool(keys))
    : visionGraph(builder, vision, path.path(blocks));
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

function cacheKey(imageSha256: string, setup: VisionSetup): string {
  const { model, size, execution } = setup;
  return [imageSha256, model.identity, way(setup), size.height, size.width, answersKey(execution)].join('|');
}
