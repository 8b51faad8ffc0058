import type { Tower } from '../architecture';
import type { GraphBuilder, Value } from './graphBuilder';

/** Queries, keys and values of one block, each `[B, tokens, width]`. */
export interface Projections {
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
}

/** The layers of one transformer block of a tower, over tokens `[B, tokens, width]`. */
export class Block {
  constructor(
    private readonly graph: GraphBuilder,
    private readonly tower: Tower,
    private readonly index: number,
  ) {}

  norm1 = (x: Value): Value => layerNorm(this.graph, this.tower, this.name('norm1'), x);

  /** @param y normalised tokens; @param queries other tokens to ask with, such as the class token alone */
  project(y: Value, queries: Value = y): Projections {
    return { q: this.linear('q', queries), k: this.linear('k', y), v: this.linear('v', y) };
  }

  /** Multi-head attention and its output projection. */
  attend(q: Value, k: Value, v: Value, causal = false): Value {
    return this.linear('out', attention(this.graph, this.tower, q, k, v, causal));
  }

  /** The feed-forward network after its own norm, without the residual. */
  feedForward(x: Value): Value {
    const { width, hidden } = this.tower;
    const y = layerNorm(this.graph, this.tower, this.name('norm2'), x);
    const h = activate(this.graph, this.tower, linear(this.graph, this.name('fc1'), y, width, hidden));
    return linear(this.graph, this.name('fc2'), h, hidden, width);
  }

  /** The whole block, as CLIP was trained. */
  forward(x: Value, causal = false): Value {
    const { q, k, v } = this.project(this.norm1(x));
    const attended = add(this.graph, x, this.attend(q, k, v, causal));
    return add(this.graph, attended, this.feedForward(attended));
  }

  private linear(part: string, x: Value): Value {
    return linear(this.graph, this.name(part), x, this.tower.width, this.tower.width);
  }

  private name(part: string): string {
    return `${this.tower.kind}.blocks.${this.index}.${part}`;
  }
}

export function add(graph: GraphBuilder, a: Value, b: Value): Value {
  return graph.op('Add', [a, b]);
}

/** A span of tokens `[B, from..to, width]`. */
export function tokens(graph: GraphBuilder, x: Value, from: number, to = Number.MAX_SAFE_INTEGER): Value {
  return graph.op('Slice', [x, graph.integers(from), graph.integers(to), graph.integers(1)]);
}

export function layerNorm(graph: GraphBuilder, tower: Tower, name: string, x: Value): Value {
  const scale = graph.weight(`${name}.weight`, [tower.width]);
  const bias = graph.weight(`${name}.bias`, [tower.width]);
  return graph.op('LayerNormalization', [x, scale, bias], { axis: -1, epsilon: { float: tower.epsilon } });
}

/** `[…, in]` to `[…, out]`. Gemm reads `[out, in]` weights as they lie in the file, but wants two axes. */
function linear(graph: GraphBuilder, name: string, x: Value, from: number, to: number): Value {
  const weight = graph.weight(`${name}.weight`, [to, from]);
  const rows = graph.op('Reshape', [x, graph.integers(-1, from)]);
  const y = graph.op('Gemm', [rows, weight, graph.weight(`${name}.bias`, [to])], { transB: 1 });
  return graph.op('Reshape', [y, unflattened(graph, x, to)]);
}

/** The shape of x with another last axis. */
function unflattened(graph: GraphBuilder, x: Value, width: number): Value {
  const leading = graph.op('Shape', [x], { end: -1 });
  return graph.op('Concat', [leading, graph.integers(width)], { axis: 0 });
}

/** Projection into the shared space, without bias: `[…, width]` to `[…, embed]`. */
export function project(graph: GraphBuilder, tower: Tower, x: Value): Value {
  const name = `${tower.kind}.projection.weight`;
  const weight = graph.weight(name, [tower.embed, tower.width]);
  return graph.op('MatMul', [x, graph.isTransposed(name) ? weight : graph.op('Transpose', [weight], { perm: [1, 0] })]);
}

function activate(graph: GraphBuilder, tower: Tower, x: Value): Value {
  if (tower.activation === 'quick_gelu') {
    return graph.op('Mul', [x, graph.op('Sigmoid', [graph.op('Mul', [x, graph.scalar(1.702)])])]);
  }
  const erf = graph.op('Erf', [graph.op('Mul', [x, graph.scalar(Math.SQRT1_2)])]);
  const half = graph.op('Mul', [x, graph.scalar(0.5)]);
  return graph.op('Mul', [half, graph.op('Add', [erf, graph.scalar(1)])]);
}

/**
 * softmax(q kᵀ / sqrt(head width)) v per head, heads side by side: `[B, queries, width]`.
 * The fused form saves memory; where a provider computes it wrongly, the same in plain operators.
 */
function attention(graph: GraphBuilder, tower: Tower, q: Value, k: Value, v: Value, causal: boolean): Value {
  if (graph.fusedAttention) {
    return graph.fused('MultiHeadAttention', [q, k, v], { num_heads: tower.heads, unidirectional: causal ? 1 : 0 });
  }
  const { heads, width } = tower;
  const head = width / heads;
  const split = (x: Value, perm: number[]) =>
    graph.op('Transpose', [graph.op('Reshape', [x, graph.integers(0, 0, heads, head)])], { perm });
  const scaled = graph.op('Mul', [split(q, [0, 2, 1, 3]), graph.scalar(head ** -0.5)]);
  let scores = graph.op('MatMul', [scaled, split(k, [0, 2, 3, 1])]);
  if (causal) scores = add(graph, scores, causalMask(graph, scores));
  const mixed = graph.op('MatMul', [graph.op('Softmax', [scores], { axis: -1 }), split(v, [0, 2, 1, 3])]);
  return graph.op('Reshape', [graph.op('Transpose', [mixed], { perm: [0, 2, 1, 3] }), graph.integers(0, 0, width)]);
}

/** `[tokens, tokens]`: 0 for what a token may see, a large negative number for what comes after it. */
function causalMask(graph: GraphBuilder, scores: Value): Value {
  const shape = graph.op('Shape', [scores], { start: -2 });
  const never = graph.op('Expand', [graph.scalar(-1e9), shape]);
  return graph.op('Trilu', [never, graph.integers(1)], { upper: 1 });
}
