import { Tensor } from 'onnxruntime-node';
import { textTreeGraph } from '../clip/graph/textTree';
import type { TokenTree } from '../clip/tokenizer/tokenTree';
import { hasExactFusedAttention } from './executionProviders';
import type { Sessions } from './sessions';
import type { TextSetup } from './textSetup';
import { finite } from './visionEncoder';

/** What a run of the text encoder over a tree is asked for. */
export interface TreeRun {
  readonly tree: TokenTree;
  /** Keys and values of the tree's first nodes, `[2 * layers, nodes, width]`, from an earlier run. */
  readonly past: Tensor;
  /** Nodes behind those. */
  readonly ends: readonly number[];
}

/**
 * @param output `features` of the ends, `[ends, D]`, not normalised; or `present`, keys and values of all nodes that
 *   are not of the past, `[2 * layers, nodes, width]`
 * @throws ModelError when the model computes values that are not numbers.
 */
export async function runTree(
  { tree, past, ends }: TreeRun,
  output: 'features' | 'present',
  sessions: Sessions,
  { model, provider }: TextSetup,
): Promise<Float32Array> {
  const session = await sessions.get(model, 'text-tree', provider, () =>
    textTreeGraph(model.checkpoint, model.text, hasExactFusedAttention(provider)),
  );
  const known = past.dims[1]!;
  const count = tree.size - known;
  const integers = (values: readonly number[]) => BigInt64Array.from(values, BigInt);
  const inputs = {
    ids: new Tensor('int64', integers(tree.ids.slice(known)), [1, count]),
    positions: new Tensor('int64', integers(tree.positions.slice(known)), [1, count]),
    past,
    mask: new Tensor('float32', tree.mask(known), [1, 1, count, tree.size]),
    ends: new Tensor('int64', integers(ends.map((end) => end - known)), [ends.length]),
  };
  const answer = await session.run(inputs, [output]);
  return finite(answer[output]!.data as Float32Array);
}
