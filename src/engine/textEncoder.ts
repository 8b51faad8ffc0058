import { LRUCache } from 'lru-cache';
import { ModelError } from '../clip/errors';
import { unitRows } from '../clip/explanation/unitRows';
import { promptEnsemble } from '../clip/tokenizer/templates';
import { breathe, paced, type Job } from './job';
import { SentenceEncoder } from './sentenceEncoder';
import type { Sessions } from './sessions';
import type { FeatureCache } from './featureCache';
import { promptKeys, type TextSetup } from './textSetup';

const MOST_PROMPTS = 20_000;
/** A word can take less than a frame: nobody can read how each of them is done. */
const STAGE_INTERVAL_MS = 50;

/** Turns prompts into features and keeps them: an edit only encodes new words. */
export class TextEncoder {
  private readonly cache = new LRUCache<string, Float32Array>({ max: MOST_PROMPTS });
  private readonly sentences: SentenceEncoder;

  /** @param stored what other processes and other days encoded; left out: this process remembers for itself */
  constructor(
    sessions: Sessions,
    private readonly stored?: FeatureCache,
  ) {
    this.sentences = new SentenceEncoder(sessions, stored);
  }

  /**
   * Features `[D]` of each prompt: with templates the mean over the ensemble, of unit length; without
   * them as the model gives them. The same object for the same prompt, as long as it is remembered.
   *
   * A prompt shares its run with nothing but its own templates, so that its features never
   * depend on what else was asked.
   */
  async encode(prompts: readonly string[], setup: TextSetup, job: Job): Promise<readonly Float32Array[]> {
    const keyOf = await promptKeys(setup);
    const isToBeTold = paced(STAGE_INTERVAL_MS);
    const features: Float32Array[] = [];
    for (const [done, prompt] of prompts.entries()) {
      const key = keyOf(prompt);
      let row = this.cache.get(key);
      if (!row) {
        await breathe(job);
        row = this.stored?.read(key);
        if (!row) {
          if (isToBeTold()) job.stage({ name: 'encoding-text', done, total: prompts.length });
          row = await this.encodeOne(prompt, setup, job);
          void this.stored?.write(key, row);
        }
        this.cache.set(key, row);
      }
      features.push(row);
    }
    return features;
  }

  private async encodeOne(prompt: string, setup: TextSetup, job: Job): Promise<Float32Array> {
    const tokenizer = await setup.model.tokenizer();
    const sentences = promptEnsemble(prompt, setup.templates).map((text) => tokenizer.encode(text, prompt));
    if (sentences.some(({ ids }) => ids.some((id) => id >= setup.model.text.vocabulary))) {
      throw new ModelError(
        'The tokenizer of the model has tokens that its text encoder does not know.',
        'Use the tokenizer.json that comes with the checkpoint.',
      );
    }
    const rows = await this.sentences.encode(sentences, setup, job);
    return setup.templates.length === 0 ? rows : ensembleMean(rows, setup.model.text.embed);
  }
}

/** Each row to unit length, the mean of them, and that to unit length: `[D]`. */
function ensembleMean(rows: Float32Array, width: number): Float32Array {
  const unit = unitRows(rows, width);
  const mean = new Float32Array(width);
  for (let i = 0; i < unit.length; i++) mean[i % width]! += unit[i]!;
  return unitRows(mean, width);
}

/** Rows `[D]` one behind the other. */
export function joined(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) all.set(row, i * width);
  return all;
}
