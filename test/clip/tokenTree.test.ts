import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { branchesOn, TokenTree, treeOf } from '../../src/clip/tokenizer/tokenTree';
import { read, sequences } from '../fixtures/sequences';

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
