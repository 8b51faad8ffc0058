import type { VisionTower } from '../architecture';
import type { Checkpoint } from '../checkpoint/checkpoint';
import { GraphBuilder, type Value } from './graphBuilder';
import { add, Block, layerNorm, project } from './layers';

/** How a method leads the tokens through the blocks: `[B, 1+N, width]` to the same. */
export type TokenPath = (graph: GraphBuilder, tower: VisionTower, x: Value) => Value;

/**
 * ONNX model of the image encoder.
 *
 * Inputs: `pixels` [B, 3, H, W], normalised; `positions` [1+N, width], see {@link positionsFor}.
 * Output: `tokens` [B, 1+N, embed], after the last norm and the projection, not normalised; token 0 is the class token.
 */
export function visionGraph(
  checkpoint: Checkpoint,
  tower: VisionTower,
  path: TokenPath,
  fusedAttention: boolean,
): Uint8Array {
  const graph = new GraphBuilder(checkpoint, fusedAttention);
  const pixels = graph.input('pixels', 'float', ['batch', 3, 'height', 'width']);
  const positions = graph.input('positions', 'float', ['tokens', tower.width]);
  const embedded = add(graph, withClassToken(graph, tower, pixels, patches(graph, tower, pixels)), positions);
  const x = path(graph, tower, layerNorm(graph, tower, 'vision.pre', embedded));
  const tokens = project(graph, tower, layerNorm(graph, tower, 'vision.post', x));
  graph.output('tokens', tokens, ['batch', 'tokens', tower.embed]);
  return graph.finish('clip-vision');
}

/** A block of the image encoder. */
export function visionBlock(graph: GraphBuilder, tower: VisionTower, index: number): Block {
  return new Block(graph, tower, index);
}

/** One embedding per patch, row-major: `[B, N, width]`. */
function patches(graph: GraphBuilder, tower: VisionTower, pixels: Value): Value {
  const { width, patch } = tower;
  const weight = graph.weight('vision.patch.weight', [width, 3, patch, patch]);
  const grid = graph.op('Conv', [pixels, weight], { kernel_shape: [patch, patch], strides: [patch, patch] });
  return graph.op('Transpose', [graph.op('Reshape', [grid, graph.integers(0, width, -1)])], { perm: [0, 2, 1] });
}

function withClassToken(graph: GraphBuilder, tower: VisionTower, pixels: Value, patches: Value): Value {
  const one = graph.op('Reshape', [graph.weight('vision.class', [tower.width]), graph.integers(1, 1, tower.width)]);
  const batch = graph.op('Shape', [pixels], { start: 0, end: 1 });
  const shape = graph.op('Concat', [batch, graph.integers(1, tower.width)], { axis: 0 });
  return graph.op('Concat', [graph.op('Expand', [one, shape]), patches], { axis: 1 });
}
