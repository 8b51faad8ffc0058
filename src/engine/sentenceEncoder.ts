import { Tensor } from 'onnxruntime-node';
import type { GraphBuilder } from '../clip/graph/graphBuilder';
import { textGraph } from '../clip/graph/textTransformer';
import type { EncodedPrompt } from '../clip/tokenizer/clipTokenizer';
import { branchesOn } from '../clip/tokenizer/tokenTree';
import { breathe, type Job } from './job';
import { PrefixEncoder } from './prefixEncoder';
import type { Sessions } from './sessions';
import type { FeatureCache } from './featureCache';
import type { TextSetup } from './textSetup';
import { runTree } from './textTree';

/** Attention over a tree takes memory with the square of this; one word in 85 templates has about 300. */
const MOST_NODES = 512;

/** Runs the sentences of one prompt through the text encoder. */
export class SentenceEncoder {
  private readonly prefixes: PrefixEncoder;

  constructor(
    private readonly sessions: Sessions,
    stored?: FeatureCache,
  ) {
    this.prefixes = new PrefixEncoder(sessions, stored);
  }

  /**
   * Features `[sentences, D]`, not normalised. What sentences share at their beginning is computed once, and what
   * stands before the word in the templates was computed with the first word.
   * @throws ModelError when the model computes values that are not numbers.
   */
  async encode(sentences: readonly EncodedPrompt[], setup: TextSetup, job: Job): Promise<Float32Array> {
    // What stands behind a sentence's end cannot change it.
    const sequences = sentences.map(({ ids, end }) => ids.slice(0, end + 1));
    return sequences.length === 1 ? this.encodeOne(sequences[0]!, setup, job) : this.encodeTree(sequences, setup, job);
  }

  private async encodeOne(
    sequence: readonly number[],
    { model, execution }: TextSetup,
    job: Job,
  ): Promise<Float32Array> {
    const purpose = { name: 'text', graph: (builder: GraphBuilder) => textGraph(builder, model.text) };
    const session = await this.sessions.get(model, execution, purpose, job);
    const embeddings = await model.embeddings.of(sequence, [...sequence.keys()]);
    const inputs = {
      embeddings: new Tensor('float32', embeddings, [1, sequence.length, model.text.width]),
      ends: new Tensor('int64', BigInt64Array.of(BigInt(sequence.length - 1)), [1]),
    };
    return session.run(inputs, 'features');
  }

  private async encodeTree(
    sequences: readonly (readonly number[])[],
    setup: TextSetup,
    job: Job,
  ): Promise<Float32Array> {
    const { tree: base, past } = await this.prefixes.encode(setup, job);
    const width = setup.model.text.embed;
    const rows = new Float32Array(sequences.length * width);
    let done = 0;
    for (const { tree, ends } of branchesOn(base, sequences, MOST_NODES)) {
      await breathe(job);
      rows.set(await runTree({ tree, past, ends }, 'features', this.sessions, setup, job), done * width);
      done += ends.length;
    }
    return rows;
  }
}
