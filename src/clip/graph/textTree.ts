import type { TextTower } from '../architecture';
import type { GraphBuilder, Value } from './graphBuilder';
import { add, Block } from './layers';
import { poolText } from './textTransformer';

/**
 * ONNX model of the text encoder over a tree of token sequences. It grows: nodes of which keys and values are
 * known from an earlier run are not computed again. In a first run there are none of them.
 *
 * Inputs: `embeddings` [1, N, width], of the tokens with their positions; `past` [2 * layers, P, width], keys and
 * values of known nodes;
 * `mask` [1, 1, N, P + N], added to the attention scores; `ends` [E] int64, the end-of-text nodes among the N.
 * Outputs: `features` [E, embed], not normalised; `present` [2 * layers, N, width], for each block the keys and
 * then the values of the N.
 */
export function textTreeGraph(graph: GraphBuilder, tower: TextTower): Uint8Array {
  let x = graph.input('embeddings', 'float', [1, 'nodes', tower.width]);
  const past = graph.input('past', 'float', [2 * tower.layers, 'known', tower.width]);
  const mask = graph.input('mask', 'float', [1, 1, 'nodes', 'seen']);
  const ends = graph.input('ends', 'int64', ['ends']);

  const present: Value[] = [];
  for (let i = 0; i < tower.layers; i++) {
    const block = new Block(graph, tower, i);
    // Behind the last block only the ends are looked at: the other nodes are seen, but need not ask.
    const asking = (value: Value, axis: number) =>
      i === tower.layers - 1 ? graph.op('Gather', [value, ends], { axis }) : value;
    const known = (index: number) => graph.narrow(graph.op('Gather', [past, graph.integers(index)], { axis: 0 }));
    const y = block.norm1(x);
    const { q, k, v } = block.project(y, asking(y, 1));
    present.push(graph.wide(k), graph.wide(v));
    const keys = graph.op('Concat', [known(2 * i), k], { axis: 1 });
    const values = graph.op('Concat', [known(2 * i + 1), v], { axis: 1 });
    const attended = add(graph, asking(x, 1), block.attend(q, keys, values, { bias: asking(mask, 2) }));
    x = add(graph, attended, block.feedForward(attended));
  }
  const pooled = poolText(graph, tower, graph.op('Squeeze', [x, graph.integers(0)]));
  graph.output('features', pooled, ['ends', tower.embed]);
  graph.output('present', graph.op('Concat', present, { axis: 0 }), [2 * tower.layers, 'nodes', tower.width]);
  return graph.finish('clip-text-tree');
}
