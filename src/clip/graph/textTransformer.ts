import type { TextTower } from '../architecture';
import type { Checkpoint } from '../checkpoint/checkpoint';
import { GraphBuilder } from './graphBuilder';
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

  // Rows are gathered before they are converted: the table is by far the largest tensor of the text encoder.
  const table = graph.stored('text.tokens', [tower.vocabulary, tower.width]);
  const rows = graph.op('Gather', [table.value, ids]);
  const embedded = table.half ? graph.toFloat(rows) : rows;
  const length = graph.op('Shape', [ids], { start: 1, end: 2 });
  const table2 = graph.weight('text.positions', [tower.context, tower.width]);
  const positions = graph.op('Slice', [table2, graph.integers(0), length, graph.integers(0)]);

  let x = add(graph, embedded, positions);
  for (let i = 0; i < tower.layers; i++) x = new Block(graph, tower, i).forward(x, true);
  const flat = graph.op('Reshape', [x, graph.integers(-1, tower.width)]);
  const last = layerNorm(graph, tower, 'text.final', graph.op('Gather', [flat, ends]));
  graph.output('features', project(graph, tower, last), ['batch', tower.embed]);
  return graph.finish('clip-text');
}
