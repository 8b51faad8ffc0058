import type { Tower } from '../architecture';
import type { Activation } from '../config';
import { attention, type Mask, type Projections } from './attention';
import type { GraphBuilder, Value } from './graphBuilder';
import { integerLinear } from './integerLinear';

/**
 * The layers of one transformer block of a tower, over tokens `[B, tokens, width]`. Tokens, norms and what is added
 * to the tokens are float32; what lies between a norm and a residual has the numbers of the graph's matrix products.
 */
export class Block {
  constructor(
    private readonly graph: GraphBuilder,
    private readonly tower: Tower,
    private readonly index: number,
  ) {}

  norm1 = (x: Value): Value => layerNorm(this.graph, this.tower, this.name('norm1'), x);

  /** The norm before the feed-forward network. */
  norm2 = (x: Value): Value => layerNorm(this.graph, this.tower, this.name('norm2'), x);

  /** @param y normalised tokens; @param queries other tokens to ask with, such as the class token alone */
  project(y: Value, queries: Value = y): Projections {
    return { q: this.linear('q', queries), k: this.linear('k', y), v: this.linear('v', y) };
  }

  /** Multi-head attention and its output projection. */
  attend(q: Value, k: Value, v: Value, mask: Mask = 'none'): Value {
    return this.graph.wide(this.linear('out', attention(this.graph, this.tower, { q, k, v }, { mask })));
  }

  /** The feed-forward network after its own norm, without the residual. */
  feedForward(x: Value): Value {
    const { width, hidden } = this.tower;
    const y = this.norm2(x);
    const h = activate(this.graph, this.tower.activation, linear(this.graph, this.name('fc1'), y, width, hidden));
    return this.graph.wide(linear(this.graph, this.name('fc2'), h, hidden, width));
  }

  /** The whole block, as CLIP was trained. */
  forward(x: Value, mask: Mask = 'none'): Value {
    const { q, k, v } = this.project(this.norm1(x));
    const attended = add(this.graph, x, this.attend(q, k, v, mask));
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

/** `[…, in]` to `[…, out]`, in the numbers of matrix products. */
export function linear(graph: GraphBuilder, name: string, x: Value, from: number, to: number): Value {
  const rows = graph.once(`rows of ${x}`, () => graph.op('Reshape', [x, graph.integers(-1, from)]));
  const isInteger = graph.numerics.precision === 'int8';
  const y = isInteger ? integerLinear(graph, name, rows, from, to) : floatLinear(graph, name, rows, from, to);
  return graph.op('Reshape', [y, unflattened(graph, x, to)]);
}

/** Gemm reads `[out, in]` weights as they lie in the file, but wants two axes. */
function floatLinear(graph: GraphBuilder, name: string, rows: Value, from: number, to: number): Value {
  const weight = graph.factor(`${name}.weight`, [to, from]);
  return graph.op('Gemm', [graph.narrow(rows), weight, graph.factor(`${name}.bias`, [to])], { transB: 1 });
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

export function activate(graph: GraphBuilder, activation: Activation, x: Value): Value {
  if (activation === 'quick_gelu') {
    return graph.op('Mul', [x, graph.op('Sigmoid', [graph.op('Mul', [x, graph.factorOf(1.702)])])]);
  }
  const erf = graph.op('Erf', [graph.op('Mul', [x, graph.factorOf(Math.SQRT1_2)])]);
  const half = graph.op('Mul', [x, graph.factorOf(0.5)]);
  return graph.op('Mul', [half, graph.op('Add', [erf, graph.factorOf(1)])]);
}
