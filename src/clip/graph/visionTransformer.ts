import type { VisionTower } from '../architecture';
import type { GraphBuilder, Value } from './graphBuilder';
import { add, Block, layerNorm, project } from './layers';

/** How a method leads the tokens through the blocks: `[B, 1+N, width]` to the same. */
export type TokenPath = (graph: GraphBuilder, tower: VisionTower, x: Value) => Value;

/**
 * ONNX model of the image encoder.
 *
 * Inputs: `pixels` [B, 3, H, W], normalised; `positions` [1+N, width], see {@link positionsFor}.
 * Output: `tokens` [B, 1+N, embed], after the last norm and the projection, not normalised; token 0 is the class token.
 */
export function visionGraph(graph: GraphBuilder, tower: VisionTower, path: TokenPath): Uint8Array {
  const x = path(graph, tower, pictureTokens(graph, tower));
  const tokens = project(graph, tower, layerNorm(graph, tower, 'vision.post', x));
  graph.output('tokens', tokens, ['batch', 'tokens', tower.embed]);
  return graph.finish('clip-vision');
}

/** The inputs of the image encoder and the tokens that come into its first block, `[B, 1+N, width]`. */
export function pictureTokens(graph: GraphBuilder, tower: VisionTower): Value {
  const pixels = graph.input('pixels', 'float', ['batch', 3, 'height', 'width']);
  const positions = graph.input('positions', 'float', ['tokens', tower.width]);
  const embedded = add(graph, withClassToken(graph, tower, pixels, patches(graph, tower, pixels)), positions);
  return layerNorm(graph, tower, 'vision.pre', embedded);
}

/** A block of the image encoder. */
export function visionBlock(graph: GraphBuilder, tower: VisionTower, index: number): Block {
  return new Block(graph, tower, index);
}

/** One embedding per patch, row-major: `[B, N, width]`. */
function patches(graph: GraphBuilder, tower: VisionTower, pixels: Value): Value {
  const { width, patch } = tower;
  const weight = graph.factor('vision.patch.weight', [width, 3, patch, patch]);
  const squares = { kernel_shape: [patch, patch], strides: [patch, patch] };
  const grid = graph.wide(graph.op('Conv', [graph.narrow(pixels), weight], squares));
  return graph.op('Transpose', [graph.op('Reshape', [grid, graph.integers(0, width, -1)])], { perm: [0, 2, 1] });
}

function withClassToken(graph: GraphBuilder, tower: VisionTower, pixels: Value, patches: Value): Value {
  const one = graph.op('Reshape', [graph.weight('vision.class', [tower.width]), graph.integers(1, 1, tower.width)]);
  const batch = graph.op('Shape', [pixels], { start: 0, end: 1 });
  const shape = graph.op('Concat', [batch, graph.integers(1, tower.width)], { axis: 0 });
  return graph.op('Concat', [graph.op('Expand', [one, shape]), patches], { axis: 1 });
}
