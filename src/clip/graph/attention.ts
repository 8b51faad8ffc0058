import type { GraphBuilder, Value } from './graphBuilder';

/** Queries, keys and values of one attention, each `[B, tokens, width]`, in the numbers of matrix products. */
export interface Projections {
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
}

/** How the width of the tokens is shared. */
export interface Heads {
  readonly heads: number;
  readonly width: number;
}

/** What a token may not see: all that comes after it, or what a bias `[1, 1, queries, keys]` on the scores rules out. */
export type Mask = 'none' | 'causal' | { readonly bias: Value };

/** What is added to the score of what must not be seen; half precision holds it, too. */
export const NEVER = -1e4;

interface AttentionOptions {
  readonly mask?: Mask;
  /** Factor of the usual scale 1 / sqrt(head width). */
  readonly sharpness?: number;
}

/**
 * softmax(q kᵀ / sqrt(head width)) v per head, heads side by side: `[B, queries, width]`.
 * The fused form saves memory; where a provider computes it wrongly, the same in plain operators.
 */
export function attention(
  graph: GraphBuilder,
  { heads, width }: Heads,
  { q, k, v }: Projections,
  { mask = 'none', sharpness = 1 }: AttentionOptions,
): Value {
  const head = width / heads;
  const scale = sharpness * head ** -0.5;
  const bias = typeof mask === 'object' ? mask.bias : undefined;
  if (graph.numerics.attention === 'fused') {
    return graph.fused('MultiHeadAttention', bias ? [q, k, v, '', '', graph.narrow(bias)] : [q, k, v], {
      num_heads: heads,
      unidirectional: mask === 'causal' ? 1 : 0,
      ...(sharpness !== 1 && { scale: { float: scale } }),
    });
  }
  const split = (x: Value, perm: number[]) =>
    graph.op('Transpose', [graph.op('Reshape', [x, graph.integers(0, 0, heads, head)])], { perm });
  const scaled = graph.op('Mul', [split(q, [0, 2, 1, 3]), graph.factorOf(scale)]);
  let scores = graph.wide(graph.op('MatMul', [scaled, split(k, [0, 2, 3, 1])]));
  if (mask !== 'none') scores = graph.op('Add', [scores, bias ?? causalMask(graph, scores)]);
  const weights = graph.narrow(graph.op('Softmax', [scores], { axis: -1 }));
  const mixed = graph.op('MatMul', [weights, split(v, [0, 2, 1, 3])]);
  return graph.op('Reshape', [graph.op('Transpose', [mixed], { perm: [0, 2, 1, 3] }), graph.integers(0, 0, width)]);
}

/** `[tokens, tokens]`: 0 for what a token may see, a large negative number for what comes after it. */
function causalMask(graph: GraphBuilder, scores: Value): Value {
  const shape = graph.op('Shape', [scores], { start: -2 });
  const never = graph.op('Expand', [graph.scalar(NEVER), shape]);
  return graph.op('Trilu', [never, graph.integers(1)], { upper: 1 });
}
