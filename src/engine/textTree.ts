import { Tensor } from 'onnxruntime-node';
import type { GraphBuilder } from '../clip/graph/graphBuilder';
import { textTreeGraph } from '../clip/graph/textTree';
import { askingGroups } from '../clip/tokenizer/askingGroups';
import type { TokenTree } from '../clip/tokenizer/tokenTree';
import type { Job } from './job';
import type { Sessions } from './sessions';
import type { TextSetup } from './textSetup';

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
 * @throws EngineError and ModelError as a session's run does
 */
export async function runTree(
  { tree, past, ends }: TreeRun,
  output: 'features' | 'present',
  sessions: Sessions,
  { model, execution }: TextSetup,
  job: Job,
): Promise<Float32Array> {
  const purpose = { name: 'text-tree', graph: (builder: GraphBuilder) => textTreeGraph(builder, model.text) };
  const session = await sessions.get(model, execution, purpose, job);
  const known = past.dims[1]!;
  const count = tree.size - known;
  const { groups, queries, seen, mask, places } = askingGroups(tree, known);
  const embeddings = await model.embeddings.of(tree.ids.slice(known), tree.positions.slice(known));
  const inputs = {
    embeddings: new Tensor('float32', embeddings, [1, count, model.text.width]),
    past,
    queries: integers(queries, [groups, queries.length / groups]),
    seen: integers(seen, [groups, seen.length / groups]),
    mask: new Tensor('float32', mask, [groups, 1, queries.length / groups, seen.length / groups]),
    places: integers(places, [count]),
    ends: integers(
      ends.map((end) => end - known),
      [ends.length],
    ),
  };
  return session.run(inputs, output);
}

function integers(values: readonly number[], dims: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), dims);
}
