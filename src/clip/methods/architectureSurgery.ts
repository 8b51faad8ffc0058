import type { ResNetKeys } from '../../protocol/explanation';
import type { ImageEncoder, VisionTower } from '../architecture';
import { ModelError } from '../errors';
import { plainCosines } from '../explanation/similarity';
import type { AttentionPool } from '../graph/attentionPool';
import type { GraphBuilder, Value } from '../graph/graphBuilder';
import { add, tokens } from '../graph/layers';
import { visionBlock } from '../graph/visionTransformer';
import type { ExplanationMethod, ImagePath } from './method';

const PUBLISHED_BLOCKS = 6;
/** Of the temperature, for keys of unit length. */
const NORMALISED_SHARPNESS = 8;

/**
 * Architecture surgery (arXiv 2304.05653, METHODS.md section 2): from the first of the last blocks
 * on, a second path collects v-v self-attention with its residual and without feed-forward networks;
 * both paths of a block start from the original one's norm. The class token comes from the original path.
 */
export const surgeryPath: ImagePath = {
  name: 'surgery',
  blocks(encoder, wanted) {
    const layers = attentionLayers(encoder);
    if (wanted !== undefined && wanted > layers) {
      throw new ModelError(`CLIP Surgery of ${wanted} blocks needs as many; this image encoder has ${layers}.`);
    }
    return wanted ?? Math.min(PUBLISHED_BLOCKS, layers);
  },
  path: (blocks) => (graph, tower, x) => surgery(graph, tower, x, tower.layers - blocks),
  pool: (keys) => (pool, x) => poolSurgery(pool, x, keys),
};

/** Architecture surgery alone: plain cosines of its tokens, to see what feature surgery adds. */
export const architectureSurgery: ExplanationMethod = {
  image: surgeryPath,
  removesRedundancy: false,
  similarities: plainCosines,
};

function attentionLayers(encoder: ImageEncoder): number {
  return encoder.kind === 'resnet' ? 1 : encoder.layers;
}

/**
 * Values take the place of queries and keys for every token, the class token included: the official
 * code replaces them in its original path as well (METHODS.md 3.5), so normalised keys leave that token alone.
 */
function poolSurgery(pool: AttentionPool, x: Value, keys: ResNetKeys): Value {
  const { graph } = pool;
  const v = pool.project('v', x);
  if (keys === 'shipped') return pool.attend(v, v, v);
  const unit = pool.normalised(v);
  const patches = pool.attend(tokens(graph, unit, 1), unit, v, NORMALISED_SHARPNESS);
  return graph.op('Concat', [pool.attend(tokens(graph, v, 0, 1), v, v), patches], { axis: 1 });
}

function surgery(graph: GraphBuilder, tower: VisionTower, x: Value, first: number): Value {
  for (let i = 0; i < first; i++) x = visionBlock(graph, tower, i).forward(x);
  let original = x;
  let surgical = x;
  for (let i = first; i < tower.layers; i++) {
    const block = visionBlock(graph, tower, i);
    // Of the last block's original path only the class token is needed: one query instead of all.
    const last = i === tower.layers - 1;
    const y = block.norm1(original);
    const { q, k, v } = block.project(y, last ? tokens(graph, y, 0, 1) : y);
    const attended = add(graph, last ? tokens(graph, original, 0, 1) : original, block.attend(q, k, v));
    surgical = add(graph, surgical, block.attend(v, v, v));
    original = add(graph, attended, block.feedForward(attended));
  }
  return graph.op('Concat', [original, tokens(graph, surgical, 1)], { axis: 1 });
}
