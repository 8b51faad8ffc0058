import type { VisionTower } from '../architecture';
import { ModelError } from '../errors';
import { cosines } from '../explanation/similarity';
import type { GraphBuilder, Value } from '../graph/graphBuilder';
import { add, tokens } from '../graph/layers';
import { visionBlock } from '../graph/visionTransformer';
import type { ExplanationMethod, ImagePath } from './method';

const PUBLISHED_BLOCKS = 6;

/**
 * Architecture surgery (arXiv 2304.05653, METHODS.md section 2): from the first of the last blocks
 * on, a second path collects v-v self-attention with its residual and without feed-forward networks;
 * both paths of a block start from the original one's norm. The class token comes from the original path.
 */
export const surgeryPath: ImagePath = {
  name: 'surgery',
  blocks(tower, wanted = PUBLISHED_BLOCKS) {
    if (wanted > tower.layers) {
      throw new ModelError(`CLIP Surgery of ${wanted} blocks needs as many; this image encoder has ${tower.layers}.`);
    }
    return wanted;
  },
  path: (blocks) => (graph, tower, x) => surgery(graph, tower, x, tower.layers - blocks),
};

/** Architecture surgery alone: plain cosines of its tokens, to see what feature surgery adds. */
export const architectureSurgery: ExplanationMethod = {
  image: surgeryPath,
  removesRedundancy: false,
  similarities: cosines,
};

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
