import type { TextTower } from '../architecture';
import type { GraphBuilder, Value } from './graphBuilder';
import { add, Block } from './layers';
import { poolText } from './textTransformer';

/**
 * ONNX model of the text encoder over a tree of token sequences. It grows: nodes of which keys and values are
 * known from an earlier run are not computed again. In a first run there are none of them.
 *
 * Inputs: `embeddings` [1, N, width], of the tokens with their positions; `past` [2 * layers, P, width], keys and
 * values of known nodes; `queries` [G, Q] int64, `seen` [G, S] int64, `mask` [G, 1, Q, S] and `places` [N] int64, see
 * AskingGroups; `ends` [E] int64, the end-of-text nodes among the N.
 * Outputs: `features` [E, embed], not normalised; `present` [2 * layers, N, width], for each block the keys and
 * then the values of the N.
 */
export function textTreeGraph(graph: GraphBuilder, tower: TextTower): Uint8Array {
  let x = graph.input('embeddings', 'float', [1, 'nodes', tower.width]);
  const past = graph.input('past', 'float', [2 * tower.layers, 'known', tower.width]);
  const queries = graph.input('queries', 'int64', ['groups', 'asking']);
  const seen = graph.input('seen', 'int64', ['groups', 'seen']);
  const mask = graph.input('mask', 'float', ['groups', 1, 'asking', 'seen']);
  const places = graph.input('places', 'int64', ['nodes']);
  const ends = graph.input('ends', 'int64', ['ends']);

  const present: Value[] = [];
  const known = (index: number) => graph.narrow(graph.op('Gather', [past, graph.integers(index)], { axis: 0 }));
  const flat = (value: Value) => graph.op('Reshape', [value, graph.integers(-1, tower.width)]);
  /** Tokens `[B, T, width]` as groups of them. */
  const grouped = (value: Value, members: Value) => graph.op('Gather', [flat(value), members], { axis: 0 });
  for (let i = 0; i < tower.layers; i++) {
    const block = new Block(graph, tower, i);
    const { q, k, v } = block.project(block.norm1(x));
    present.push(graph.wide(k), graph.wide(v));
    const keys = grouped(graph.op('Concat', [known(2 * i), k], { axis: 1 }), seen);
    const values = grouped(graph.op('Concat', [known(2 * i + 1), v], { axis: 1 }), seen);
    const answers = flat(block.attend(grouped(q, queries), keys, values, { bias: mask }));
    // Behind the last block only the ends are looked at.
    const isLast = i === tower.layers - 1;
    const asked = isLast ? graph.op('Gather', [places, ends], { axis: 0 }) : places;
    const before = isLast ? graph.op('Gather', [x, ends], { axis: 1 }) : x;
    const attended = add(graph, before, graph.op('Gather', [answers, asked], { axis: 0 }));
    x = add(graph, attended, block.feedForward(attended));
  }
  const pooled = poolText(graph, tower, graph.op('Squeeze', [x, graph.integers(0)]));
  graph.output('features', pooled, ['ends', tower.embed]);
  graph.output('present', graph.op('Concat', present, { axis: 0 }), [2 * tower.layers, 'nodes', tower.width]);
  return graph.finish('clip-text-tree');
}
