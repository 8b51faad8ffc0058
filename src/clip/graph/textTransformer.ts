import type { TextTower } from '../architecture';
import type { Checkpoint } from '../checkpoint/checkpoint';
import { GraphBuilder, type Value } from './graphBuilder';
import { add, Block, layerNorm, project } from './layers';

/**
 * ONNX model of the text encoder. Attention is causal, so a batch needs only as many
 * positions as its longest prompt, and what stands behind a prompt's end changes nothing.
 *
 * Inputs: `ids` [B, T] int64, T up to the context; `ends` [B] int64, the flat index
 * b * T + t of each prompt's end-of-text token.
 * Output: `features` [B, embed], not normalised.
 */
export function textGraph(checkpoint: Checkpoint, tower: TextTower, fusedAttention: boolean): Uint8Array {
  const graph = new GraphBuilder(checkpoint, fusedAttention);
  const ids = graph.input('ids', 'int64', ['batch', 'tokens']);
  const ends = graph.input('ends', 'int64', ['batch']);

  const length = graph.op('Shape', [ids], { start: 1, end: 2 });
  const table = graph.weight('text.positions', [tower.context, tower.width]);
  const positions = graph.op('Slice', [table, graph.integers(0), length, graph.integers(0)]);

  let x = add(graph, tokenEmbeddings(graph, tower, ids), positions);
  for (let i = 0; i < tower.layers; i++) x = new Block(graph, tower, i).forward(x, 'causal');
  const flat = graph.op('Reshape', [x, graph.integers(-1, tower.width)]);
  graph.output('features', poolText(graph, tower, graph.op('Gather', [flat, ends])), ['batch', tower.embed]);
  return graph.finish('clip-text');
}

/** Token ids `[…]` to `[…, width]`, without their positions. */
export function tokenEmbeddings(graph: GraphBuilder, tower: TextTower, ids: Value): Value {
  // Rows are gathered before they are converted: the table is by far the largest tensor of the text encoder.
  const table = graph.stored('text.tokens', [tower.vocabulary, tower.width]);
  const rows = graph.op('Gather', [table.value, ids]);
  return table.half ? graph.toFloat(rows) : rows;
}

/** End-of-text rows `[B, width]` behind the last block to features `[B, embed]`. */
export function poolText(graph: GraphBuilder, tower: TextTower, ends: Value): Value {
  return project(graph, tower, layerNorm(graph, tower, 'text.final', ends));
}
