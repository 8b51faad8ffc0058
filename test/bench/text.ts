import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import labels from '../../src/protocol/pascalContext.json';
import { textGraph } from '../../src/clip/graph/textTransformer';
import { promptEnsemble, TEMPLATES } from '../../src/clip/tokenizer/templates';
import { CheckpointHashes } from '../../src/engine/checkpointHashes';
import { Model } from '../../src/engine/model';
import { Sessions } from '../../src/engine/sessions';
import { TextEncoder } from '../../src/engine/textEncoder';
import { DEMO_MODEL } from '../fixtures/engine';
import { formulaTextModel } from '../fixtures/formulaModel';
import { golden, hasGolden } from '../fixtures/golden';
import { measuredInTurn, print } from './measure';

const ROUNDS = 5;
/** The text encoder of ViT-B/16. */
const SIZES = { layers: 12, width: 512, context: 77, vocabulary: 49_408, embed: 512 };
const templates = TEMPLATES['clip-surgery'];

/** The text encoder on this process's CPU: all sentences in whole as published, cut to the longest, and sharing. */
export async function benchText(): Promise<void> {
  if (!hasGolden) console.log("\nThe vocabulary of CLIP is not here: the demo model's, with more tokens per word.");
  const tokenizer = hasGolden ? golden('clip-tokenizer.json') : join(DEMO_MODEL, 'tokenizer.json');
  const folder = formulaTextModel(SIZES, readFileSync(tokenizer, 'utf8'));
  try {
    const model = await Model.open(folder, new CheckpointHashes());
    const sessions = new Sessions();
    const published = (word: string) => encodeInWhole(model, sessions, word, SIZES.context);
    const trimmed = (word: string) => encodeInWhole(model, sessions, word);
    const job = { signal: new AbortController().signal, stage: () => undefined };
    const shared = (encoder: TextEncoder, words: readonly string[]) =>
      encoder.encode(words, { model, templates, provider: 'cpu' }, job);

    const encoder = new TextEncoder(sessions);
    await Promise.all([trimmed('warm'), shared(encoder, ['warm'])]);
    const one = await measuredInTurn(ROUNDS, {
      '1 label x 85 templates at 77 positions, as published': (i) => published(labels[i]!),
      '1 label x 85 templates, cut to the longest': (i) => trimmed(labels[i]!),
      '1 label x 85 templates, beginnings known': (i) => shared(encoder, [labels[i]!]),
    });
    print('Text encoder of ViT-B/16 in fp32', one);

    const all = await measuredInTurn(1, {
      [`${labels.length} labels x 85 templates, cut to the longest`]: async () => {
        for (const word of labels) await trimmed(word);
      },
      [`${labels.length} labels x 85 templates, sharing, from the first beginning on`]: () =>
        shared(new TextEncoder(sessions), labels),
    });
    print('Text encoder of ViT-B/16 in fp32', all);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param length positions of each sentence; left out: as many as the longest has */
async function encodeInWhole(model: Model, sessions: Sessions, word: string, length?: number): Promise<void> {
  const session = await sessions.get(model, 'whole', 'cpu', () => textGraph(model.checkpoint, model.text, true));
  const tokenizer = await model.tokenizer();
  const sentences = promptEnsemble(word, templates).map((text) => tokenizer.encode(text));
  const columns = length ?? Math.max(...sentences.map(({ ids }) => ids.length));
  const ids = new BigInt64Array(sentences.length * columns);
  sentences.forEach((sentence, row) => ids.set(BigInt64Array.from(sentence.ids, BigInt), row * columns));
  const ends = BigInt64Array.from(sentences, ({ end }, row) => BigInt(row * columns + end));
  await session.run({
    ids: new Tensor('int64', ids, [sentences.length, columns]),
    ends: new Tensor('int64', ends, [sentences.length]),
  });
}
