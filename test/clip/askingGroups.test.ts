import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { askingGroups } from '../../src/clip/tokenizer/askingGroups';
import { TokenTree, treeOf } from '../../src/clip/tokenizer/tokenTree';
import { read, sequences } from '../fixtures/sequences';

/** The text of a node's sequence. */
const text = (tree: TokenTree, node: number) => read(tree, node).join();

describe('groups of nodes that ask', () => {
  it('let each node see itself and what stands before it, each once, and nothing else', () => {
    fc.assert(
      fc.property(sequences, sequences, fc.integer({ min: 1, max: 9 }), (some, more, most) => {
        const base = treeOf(some, Infinity);
        const tree = new TokenTree(base);
        for (const ids of more) tree.add(ids);
        const from = tree.size > base.size ? base.size : 0;
        const { groups, queries, seen, mask, places } = askingGroups(tree, from, most);
        const [asking, width] = [queries.length / groups, seen.length / groups];
        assert.ok(asking <= most && Number.isInteger(asking) && Number.isInteger(width));
        assert.equal(mask.length, groups * asking * width);
        assert.equal(new Set(places).size, tree.size - from);
        for (let node = from; node < tree.size; node++) {
          const place = places[node - from]!;
          assert.equal(queries[place], node - from);
          const start = Math.floor(place / asking) * width;
          const visible = seen
            .slice(start, start + width)
            .filter((_, column) => mask[place * width + column] === 0)
            .map((other) => text(tree, other));
          const sequence = read(tree, node);
          assert.deepEqual(visible.sort(), sequence.map((_, i) => sequence.slice(0, i + 1).join()).sort()); // prettier-ignore
        }
        assert.ok(mask.every((value) => value === 0 || value === -1e4));
      }),
    );
  });

  it('leave no row without anything to see, also where they are filled up', () => {
    const tree = treeOf([[1, 2, 3], [4, 5], [6]], Infinity); // prettier-ignore
    const { groups, queries, seen, mask } = askingGroups(tree, 0, 4);
    assert.equal(groups, 2);
    const width = seen.length / groups;
    for (let row = 0; row < queries.length; row++) {
      assert.ok(mask.subarray(row * width, (row + 1) * width).includes(0));
    }
  });

  it('look at a part of the tree only: neighbours ask together', () => {
    const far = Array.from({ length: 8 }, (_, branch) => [branch, 10, 11, 12]);
    const { groups, seen } = askingGroups(treeOf(far, Infinity), 0, 4);
    assert.deepEqual([groups, seen.length], [8, 8 * 4]);
  });
});
