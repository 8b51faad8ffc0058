import { attention } from './attention';
import type { GraphBuilder } from './graphBuilder';
import { tokens } from './layers';

/** Sizes that show the mistakes of providers: smaller ones look right where larger ones are wrong. */
export const ATTENTION_CASE = { batch: 2, tokens: 257, width: 128, heads: 2 } as const;

/**
 * ONNX model of every kind of attention that our graphs use: plain, causal, with a bias, and of one token that asks all.
 *
 * Inputs: `q`, `k`, `v` [2, 257, 128]; `bias` [1, 1, 257, 257].
 * Output: `attended` [2, 3 * 257 + 1, 128], the four of them one behind the other.
 */
export function attentionCasesGraph(graph: GraphBuilder): Uint8Array {
  const { batch, tokens: count, width } = ATTENTION_CASE;
  const input = (name: string) => graph.narrow(graph.input(name, 'float', [batch, count, width]));
  const [q, k, v] = [input('q'), input('k'), input('v')];
  const bias = graph.input('bias', 'float', [1, 1, count, count]);
  const all = [
    attention(graph, ATTENTION_CASE, { q, k, v }, {}),
    attention(graph, ATTENTION_CASE, { q, k, v }, { mask: 'causal' }),
    attention(graph, ATTENTION_CASE, { q, k, v }, { mask: { bias } }),
    attention(graph, ATTENTION_CASE, { q: tokens(graph, q, 0, 1), k, v }, {}),
  ];
  const attended = graph.op('Concat', all, { axis: 1 });
  graph.output('attended', graph.wide(attended), [batch, 3 * count + 1, width]);
  return graph.finish('attention-cases');
}
