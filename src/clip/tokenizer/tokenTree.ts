/**
 * Token sequences that share how they begin. A node is a token with all that stands before it, so one
 * node serves every sequence that begins so; under causal attention what is computed for it is the same
 * in all of them. Parents come before their children.
 */
export class TokenTree {
  readonly ids: number[];
  /** How many tokens stand before the node's. */
  readonly positions: number[];
  /** -1 for a first token. */
  readonly parents: number[];
  private readonly children: Map<string, number>;

  /** @param base a tree to grow on: its nodes come first, and it stays as it is */
  constructor(base?: TokenTree) {
    this.ids = [...(base?.ids ?? [])];
    this.positions = [...(base?.positions ?? [])];
    this.parents = [...(base?.parents ?? [])];
    this.children = new Map(base?.children);
  }

  get size(): number {
    return this.ids.length;
  }

  /** @returns the node of the last token */
  add(sequence: readonly number[]): number {
    let node = -1;
    for (const id of sequence) node = this.childOf(node, id);
    return node;
  }

  private childOf(parent: number, id: number): number {
    const name = `${parent},${id}`;
    const known = this.children.get(name);
    if (known !== undefined) return known;
    this.ids.push(id);
    this.positions.push(parent < 0 ? 0 : this.positions[parent]! + 1);
    this.parents.push(parent);
    this.children.set(name, this.size - 1);
    return this.size - 1;
  }
}

/** A tree that holds some sequences, and the nodes where they end, in their order. */
export interface Branches {
  readonly tree: TokenTree;
  readonly ends: readonly number[];
}

/**
 * All sequences on copies of one base, each copy with as many as fit in so many nodes of its own: attention
 * takes memory with the square of them.
 */
export function branchesOn(base: TokenTree, sequences: readonly (readonly number[])[], mostNodes: number): Branches[] {
  const all: { tree: TokenTree; ends: number[] }[] = [];
  for (const sequence of sequences) {
    let last = all.at(-1);
    if (!last || last.tree.size - base.size + sequence.length > mostNodes) {
      all.push((last = { tree: new TokenTree(base), ends: [] }));
    }
    last.ends.push(last.tree.add(sequence));
  }
  return all;
}

/** As many of the sequences as fit in so many nodes. */
export function treeOf(sequences: readonly (readonly number[])[], mostNodes: number): TokenTree {
  const [first] = branchesOn(new TokenTree(), sequences, mostNodes);
  return first?.tree ?? new TokenTree();
}
