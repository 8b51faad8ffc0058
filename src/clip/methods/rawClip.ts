import { visionBlock } from '../graph/visionTransformer';
import { cosines } from '../explanation/similarity';
import type { ExplanationMethod } from './method';

/** CLIP as it was trained: the cosine of every token after the full last block. The baseline that points at the background. */
export const rawClip: ExplanationMethod = {
  name: 'raw',
  removesRedundancy: false,
  blocks: () => 0,
  path: () => (graph, tower, x) => {
    for (let i = 0; i < tower.layers; i++) x = visionBlock(graph, tower, i).forward(x);
    return x;
  },
  similarities: cosines,
};
