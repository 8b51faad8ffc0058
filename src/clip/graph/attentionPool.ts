import type { ResNetTower } from '../architecture';
import { attention, type Projections } from './attention';
import type { GraphBuilder, Value } from './graphBuilder';
import { linear } from './layers';

/** How a method leads the tokens through the attention pool of a ResNet: `[B, 1+N, width]` to `[B, 1+N, embed]`. */
export type PoolPath = (pool: AttentionPool, x: Value) => Value;

/** As the official code guards the length of a key. */
const SHORTEST_KEY = 1e-6;

/** The one attention of a ResNet; its output projection leads into the space that images and texts share. */
export class AttentionPool {
  constructor(
    readonly graph: GraphBuilder,
    private readonly tower: ResNetTower,
  ) {}

  project(part: keyof Projections, x: Value): Value {
    return linear(this.graph, `vision.pool.${part}`, x, this.tower.width, this.tower.width);
  }

  /**
   * Multi-head attention and its output projection: `[B, queries, embed]`.
   * @param sharpness factor of the usual scale
   */
  attend(q: Value, k: Value, v: Value, sharpness?: number): Value {
    const mixed = attention(this.graph, this.tower, { q, k, v }, { sharpness });
    return this.graph.wide(linear(this.graph, 'vision.pool.c', mixed, this.tower.width, this.tower.embed));
  }

  /** The part of each head scaled to unit length. */
  normalised(x: Value): Value {
    const { heads, width } = this.tower;
    const { graph } = this;
    const split = graph.op('Reshape', [graph.wide(x), graph.integers(0, 0, heads, width / heads)]);
    const length = graph.op('ReduceL2', [split, graph.integers(-1)], { keepdims: 1 });
    const unit = graph.op('Div', [split, graph.op('Add', [length, graph.scalar(SHORTEST_KEY)])]);
    return graph.narrow(graph.op('Reshape', [unit, graph.integers(0, 0, width)]));
  }
}
