import type { TextTower } from '../architecture';
import type { GraphBuilder, Value } from './graphBuilder';
import { Block, layerNorm, project } from './layers';

/**
 * ONNX model of the text encoder. Attention is causal, so a batch needs only as many
 * positions as its longest prompt, and what stands behind a prompt's end changes nothing.
 *
 * Inputs: `embeddings` [B, T, width], of the tokens with their positions, T up to the context; `ends` [B] int64, the
 * flat index b * T + t of each prompt's end-of-text token.
 * Output: `features` [B, embed], not normalised.
 */
export function textGraph(graph: GraphBuilder, tower: TextTower): Uint8Array {
  let x = graph.input('embeddings', 'float', ['batch', 'tokens', tower.width]);
  const ends = graph.input('ends', 'int64', ['batch']);
  for (let i = 0; i < tower.layers; i++) x = new Block(graph, tower, i).forward(x, 'causal');
  const flat = graph.op('Reshape', [x, graph.integers(-1, tower.width)]);
  graph.output('features', poolText(graph, tower, graph.op('Gather', [flat, ends])), ['batch', tower.embed]);
  return graph.finish('clip-text');
}

/** End-of-text rows `[B, width]` behind the last block to features `[B, embed]`. */
export function poolText(graph: GraphBuilder, tower: TextTower, ends: Value): Value {
  return project(graph, tower, layerNorm(graph, tower, 'text.final', ends));
}
