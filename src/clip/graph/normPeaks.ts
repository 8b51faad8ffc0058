import type { TextTower, VisionTower } from '../architecture';
import type { GraphBuilder, Value } from './graphBuilder';
import { add, Block } from './layers';
import { pictureTokens } from './visionTransformer';

/**
 * ONNX model of a transformer as it was trained that tells how large what leaves its norms becomes: the linear layers
 * behind them get no other inputs, whatever path a method takes.
 *
 * Inputs: those of the image encoder, or `embeddings` [B, T, width] of a text encoder.
 * Output: `peaks` [2 * layers, width], for each block the largest absolute values of each channel behind its first and
 * behind its second norm.
 */
export function normPeaksGraph(graph: GraphBuilder, tower: VisionTower | TextTower): Uint8Array {
  const isText = tower.kind === 'text';
  let x = isText ? graph.input('embeddings', 'float', ['batch', 'tokens', tower.width]) : pictureTokens(graph, tower);
  const peaks: Value[] = [];
  for (let i = 0; i < tower.layers; i++) {
    const block = new Block(graph, tower, i);
    const y = block.norm1(x);
    const { q, k, v } = block.project(y);
    const attended = add(graph, x, block.attend(q, k, v, isText ? 'causal' : 'none'));
    peaks.push(peakOf(graph, y), peakOf(graph, block.norm2(attended)));
    x = add(graph, attended, block.feedForward(attended));
  }
  graph.output('peaks', graph.op('Concat', peaks, { axis: 0 }), [2 * tower.layers, tower.width]);
  return graph.finish('clip-norm-peaks');
}

/** `[B, tokens, width]` to `[1, width]`. */
function peakOf(graph: GraphBuilder, y: Value): Value {
  const peak = graph.op('ReduceMax', [graph.op('Abs', [y]), graph.integers(0, 1)], { keepdims: 0 });
  return graph.op('Reshape', [peak, graph.integers(1, -1)]);
}
