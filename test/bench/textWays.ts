import { join } from 'node:path';
import { promptEnsemble, TEMPLATES } from '../../src/clip/tokenizer/templates';
import type { EncodedPrompt } from '../../src/clip/tokenizer/clipTokenizer';
import { CheckpointHashes } from '../../src/engine/checkpointHashes';
import { QuantisedModels } from '../../src/engine/int8/quantisedModels';
import { Model } from '../../src/engine/model';
import { Sessions } from '../../src/engine/sessions';
import type { Tensor } from '../../src/protocol/engine';
import type { Precision } from '../../src/protocol/execution';
import { cacheFolder, calibrationPictures, onCpu, startWithCache, type Bench } from './setup';
import { WholeSentences } from './wholeSentences';

const templates = TEMPLATES['clip-surgery'];

/** One precision of the text encoder, in each way to run it. */
export interface TextWay {
  readonly precision: Precision;
  /** All sentences of a label in whole, in this process. */
  readonly whole: (label: string, positions: 'all' | 'needed') => Promise<unknown>;
  /** As the engine does it, with the way to its process and back: `[labels, embed]`. */
  readonly shared: (labels: readonly string[]) => Promise<Tensor>;
  readonly dispose: () => void;
}

export interface TextWays {
  readonly ways: readonly TextWay[];
  /** Token ids of the sentences of a label. */
  readonly ids: (label: string) => readonly (readonly number[])[];
}

export async function textWays(bench: Bench): Promise<TextWays> {
  const hashes = new CheckpointHashes();
  const model = await Model.open(bench.vitB16, hashes);
  const tokenizer = await model.tokenizer();
  const folder = join(cacheFolder(bench), 'int8');
  const sessions = new Sessions(
    { threads: bench.machine.cores },
    new QuantisedModels({ folder, examples: calibrationPictures, hashes }),
  );
  const sentences = (label: string): EncodedPrompt[] =>
    promptEnsemble(label, templates).map((text) => tokenizer.encode(text));
  const ways = bench.precisions.map((precision): TextWay => {
    const execution = onCpu(precision);
    const inWhole = new WholeSentences(model, sessions, execution);
    const engine = startWithCache(bench);
    const request = { ...execution, model: bench.vitB16, templates: 'clip-surgery' } as const;
    return {
      precision,
      whole: (label, positions) =>
        inWhole.encode(sentences(label), positions === 'all' ? model.text.context : undefined),
      shared: (texts) => engine.call('text', { ...request, texts }),
      dispose: () => engine.dispose(),
    };
  });
  return { ways, ids: (label) => sentences(label).map((sentence) => sentence.ids) };
}
