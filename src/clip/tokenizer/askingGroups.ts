import { NEVER } from '../graph/attention';
import type { TokenTree } from './tokenTree';

/** How many nodes ask together: more of them look at too much that none of them may see, fewer are too little work. */
const ASKING = 36;

/**
 * How the nodes of a tree ask in attention: in groups of neighbours. A node sees itself and what stands before it, so
 * that a group need not look at most of the tree.
 */
export interface AskingGroups {
  readonly groups: number;
  /** Nodes that ask, `[groups, asking]`, counted from the first that does; a group with fewer has its first again. */
  readonly queries: readonly number[];
  /** Nodes that a group looks at, `[groups, seen]`, counted from the first of the tree; filled up in the same way. */
  readonly seen: readonly number[];
  /** Added to the scores, `[groups, asking, seen]`: 0 where a node sees another, a large negative number elsewhere. */
  readonly mask: Float32Array;
  /** Where each node asks among the queries, in the order of the nodes. */
  readonly places: readonly number[];
}

/** @param from the first node that asks; those before it are only seen */
export function askingGroups(tree: TokenTree, from: number, most = ASKING): AskingGroups {
  const neighbours = inTreeOrder(tree).filter((node) => node >= from);
  const asking = Math.ceil(neighbours.length / Math.ceil(neighbours.length / most));
  const nodes = chunks(neighbours, asking);
  const seenBy = nodes.map((group) => [...new Set(group.flatMap((node) => pathTo(tree, node)))]);
  const seen = Math.max(...seenBy.map(({ length }) => length));
  const mask = new Float32Array(nodes.length * asking * seen).fill(NEVER);
  const places = new Array<number>(neighbours.length);
  for (const [g, group] of nodes.entries()) {
    const column = new Map(seenBy[g]!.map((node, at) => [node, at]));
    for (let row = 0; row < asking; row++) {
      const node = group[row];
      if (node !== undefined) places[node - from] = g * asking + row;
      const start = (g * asking + row) * seen;
      for (const before of pathTo(tree, node ?? group[0]!)) mask[start + column.get(before)!] = 0;
    }
  }
  return {
    groups: nodes.length,
    queries: nodes.flatMap((group) => filled(group, asking)).map((node) => node - from),
    seen: seenBy.flatMap((group) => filled(group, seen)),
    mask,
    places,
  };
}

/** The node and all before it. */
function pathTo({ parents }: TokenTree, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = parents[at]!) path.push(at);
  return path;
}

/** All nodes, each followed by what grows on it: neighbours have most of what stands before them in common. */
function inTreeOrder({ parents, size }: TokenTree): number[] {
  const children = Array.from({ length: size + 1 }, (): number[] => []);
  parents.forEach((parent, node) => children[parent + 1]!.push(node));
  const order: number[] = [];
  const waiting = [...children[0]!].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    order.push(node);
    waiting.push(...[...children[node + 1]!].reverse());
  }
  return order;
}

function chunks(nodes: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(nodes.length / size) }, (_, i) => nodes.slice(i * size, (i + 1) * size));
}

function filled(nodes: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, i) => nodes[i] ?? nodes[0]!);
}
