import { visionBlock } from '../graph/visionTransformer';
import { plainCosines } from '../explanation/similarity';
import type { ExplanationMethod, ImagePath } from './method';

/** The image encoder as it was trained. */
export const clipPath: ImagePath = {
  name: 'clip',
  blocks: () => 0,
  path: () => (graph, tower, x) => {
    for (let i = 0; i < tower.layers; i++) x = visionBlock(graph, tower, i).forward(x);
    return x;
  },
  pool: () => (pool, x) => pool.attend(pool.project('q', x), pool.project('k', x), pool.project('v', x)),
};

/** The cosine of every token after the full last block: the baseline that points at the background. */
export const rawClip: ExplanationMethod = { image: clipPath, removesRedundancy: false, similarities: plainCosines };
