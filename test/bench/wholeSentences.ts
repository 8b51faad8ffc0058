import { Tensor } from 'onnxruntime-node';
import type { GraphBuilder } from '../../src/clip/graph/graphBuilder';
import { textGraph } from '../../src/clip/graph/textTransformer';
import type { EncodedPrompt } from '../../src/clip/tokenizer/clipTokenizer';
import type { Model } from '../../src/engine/model';
import type { Sessions } from '../../src/engine/sessions';
import type { Execution } from '../../src/protocol/execution';
import { quietJob } from '../fixtures/job';

/** The text encoder as it was before sentences shared anything, in this process: a batch of them, each in whole. */
export class WholeSentences {
  constructor(
    private readonly model: Model,
    private readonly sessions: Sessions,
    private readonly execution: Execution,
  ) {}

  /**
   * Features `[sentences, D]`, not normalised.
   * @param length positions of each sentence; left out: as many as the longest has
   */
  async encode(sentences: readonly EncodedPrompt[], length?: number): Promise<Float32Array> {
    const { model, sessions, execution } = this;
    const { width } = model.text;
    const purpose = { name: 'text', graph: (builder: GraphBuilder) => textGraph(builder, model.text) };
    const session = await sessions.get(model, execution, purpose, quietJob);
    const columns = length ?? Math.max(...sentences.map(({ ids }) => ids.length));
    const embeddings = new Float32Array(sentences.length * columns * width);
    for (const [row, { ids }] of sentences.entries()) {
      const padded = Array.from({ length: columns }, (_, i) => ids[i] ?? 0);
      embeddings.set(await model.embeddings.of(padded, [...padded.keys()]), row * columns * width);
    }
    const ends = BigInt64Array.from(sentences, ({ end }, row) => BigInt(row * columns + end));
    const inputs = {
      embeddings: new Tensor('float32', embeddings, [sentences.length, columns, width]),
      ends: new Tensor('int64', ends, [sentences.length]),
    };
    return session.run(inputs, 'features');
  }
}
