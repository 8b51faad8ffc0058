import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { branchesOn, TokenTree, treeOf } from '../../src/clip/tokenizer/tokenTree';

/** Few different tokens: sequences that share how they begin. */
const sequence = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 6 });
const sequences = fc.array(sequence, { minLength: 1, maxLength: 20 });

/** A node's sequence, by way of its parents. */
function read(tree: TokenTree, node: number): number[] {
  return node < 0 ? [] : [...read(tree, tree.parents[node]!), tree.ids[node]!];
}

describe('a tree of token sequences', () => {
  it('holds each beginning once, below its parent and at its position', () => {
    fc.assert(
      fc.property(sequences, (all) => {
        const tree = new TokenTree();
        const ends = all.map((ids) => tree.add(ids));
        assert.deepEqual(ends.map((end) => read(tree, end)), all); // prettier-ignore
        assert.equal(tree.size, new Set(all.flatMap((ids) => ids.map((_, i) => ids.slice(0, i + 1).join()))).size);
        tree.parents.forEach((parent, node) => {
          assert.ok(parent < node);
          assert.equal(tree.positions[node], read(tree, node).length - 1);
        });
      }),
    );
  });

  it('lets a node see itself and what stands before it, and nothing else', () => {
    fc.assert(
      fc.property(sequences, fc.nat(5), (all, from) => {
        const tree = treeOf(all, Infinity);
        const first = Math.min(from, tree.size);
        const mask = tree.mask(first);
        assert.equal(mask.length, (tree.size - first) * tree.size);
        mask.forEach((value, i) => {
          const [asking, seen] = [first + Math.floor(i / tree.size), i % tree.size];
          const isBefore = read(tree, asking).slice(0, read(tree, seen).length).join() === read(tree, seen).join();
          assert.equal(value, isBefore ? 0 : -1e4);
        });
      }),
    );
  });

  it('grows on a copy: the base comes first and stays as it is', () => {
    fc.assert(
      fc.property(sequences, sequences, (some, more) => {
        const base = treeOf(some, Infinity);
        const before = JSON.stringify(base);
        const tree = new TokenTree(base);
        for (const ids of more) tree.add(ids);
        assert.equal(JSON.stringify(base), before);
        assert.deepEqual(tree.ids.slice(0, base.size), base.ids);
        assert.equal(tree.size, treeOf([...some, ...more], Infinity).size);
      }),
    );
  });

  it('is divided where it would have too many nodes of its own; no sequence is lost', () => {
    fc.assert(
      fc.property(sequences, sequences, fc.integer({ min: 6, max: 30 }), (some, more, most) => {
        const base = treeOf(some, Infinity);
        const branches = branchesOn(base, more, most);
        assert.deepEqual(branches.flatMap(({ tree, ends }) => ends.map((end) => read(tree, end))), more); // prettier-ignore
        for (const { tree } of branches) assert.ok(tree.size - base.size <= most);
      }),
    );
    const far = Array.from({ length: 10 }, (_, i) => [i, 7, 8]);
    assert.deepEqual(branchesOn(new TokenTree(), far, 9).map(({ ends }) => ends.length), [3, 3, 3, 1]); // prettier-ignore
    assert.equal(treeOf(far, 9).size, 9);
  });
});
