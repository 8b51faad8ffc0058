import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Tensor } from 'onnxruntime-node';
import { ModelError } from '../clip/errors';
import { unitRows } from '../clip/explanation/similarity';
import { textGraph } from '../clip/graph/textTransformer';
import { promptEnsemble } from '../clip/tokenizer/templates';
import { hasExactFusedAttention } from './executionProviders';
import { breathe, paced, type Job } from './job';
import type { Model } from './model';
import type { Sessions } from './sessions';
import type { TextCache } from './textCache';
import { finite } from './visionEncoder';

/** What the features of a prompt depend on, beside the prompt. */
export interface TextSetup {
  readonly model: Model;
  /** Sentences with `{}` to average over; none for the bare prompt. */
  readonly templates: readonly string[];
  readonly provider: string;
}

const MOST_PROMPTS = 20_000;
/** A word can take less than a frame: nobody can read how each of them is done. */
const STAGE_INTERVAL_MS = 50;

/** Turns prompts into features and keeps them: an edit only encodes new words. */
export class TextEncoder {
  private readonly cache = new LRUCache<string, Float32Array>({ max: MOST_PROMPTS });

  /** @param stored what other processes and other days encoded; left out: this process remembers for itself */
  constructor(
    private readonly sessions: Sessions,
    private readonly stored?: TextCache,
  ) {}

  /**
   * Features `[prompts, D]`: with templates the mean over the ensemble, of unit length; without
   * them as the model gives them.
   *
   * A prompt shares its batch with nothing but its own templates, so that its features never
   * depend on what else was asked.
   */
  async encode(prompts: readonly string[], setup: TextSetup, job: Job): Promise<Float32Array> {
    const keyOf = await cacheKeys(setup);
    const isToBeTold = paced(STAGE_INTERVAL_MS);
    const width = setup.model.text.embed;
    const features = new Float32Array(prompts.length * width);
    for (const [done, prompt] of prompts.entries()) {
      const key = keyOf(prompt);
      let row = this.cache.get(key);
      if (!row) {
        await breathe(job);
        row = this.stored?.read(key);
        if (!row) {
          if (isToBeTold()) job.stage({ name: 'encoding-text', done, total: prompts.length });
          row = await this.encodeOne(prompt, setup);
          void this.stored?.write(key, row);
        }
        this.cache.set(key, row);
      }
      features.set(row, done * width);
    }
    return features;
  }

  private async encodeOne(prompt: string, { model, templates, provider }: TextSetup): Promise<Float32Array> {
    const tower = model.text;
    const session = await this.sessions.get(model, 'text', provider, () =>
      textGraph(model.checkpoint, tower, hasExactFusedAttention(provider)),
    );
    const tokenizer = await model.tokenizer();
    const encoded = promptEnsemble(prompt, templates).map((text) => tokenizer.encode(text, prompt));
    if (encoded.some(({ ids }) => ids.some((id) => id >= tower.vocabulary))) {
      throw new ModelError(
        'The tokenizer of the model has tokens that its text encoder does not know.',
        'Use the tokenizer.json that comes with the checkpoint.',
      );
    }
    // What stands behind a prompt's end cannot change it, so the batch is as short as its longest prompt.
    const length = Math.max(...encoded.map(({ end }) => end + 1));
    const ids = new BigInt64Array(encoded.length * length);
    encoded.forEach((e, row) => e.ids.slice(0, length).forEach((id, i) => (ids[row * length + i] = BigInt(id))));
    const ends = BigInt64Array.from(encoded, ({ end }, row) => BigInt(row * length + end));
    const { features } = await session.run({
      ids: new Tensor('int64', ids, [encoded.length, length]),
      ends: new Tensor('int64', ends, [encoded.length]),
    });
    const rows = finite(features!.data as Float32Array);
    return templates.length === 0 ? rows : ensembleMean(rows, tower.embed);
  }
}

/** Each row to unit length, the mean of them, and that to unit length: `[D]`. */
function ensembleMean(rows: Float32Array, width: number): Float32Array {
  const unit = unitRows(rows, width);
  const mean = new Float32Array(width);
  for (let i = 0; i < unit.length; i++) mean[i % width]! += unit[i]!;
  return unitRows(mean, width);
}

/** Keys of prompts for caches; two sets of templates with the same sentences are the same. */
async function cacheKeys({ model, templates, provider }: TextSetup): Promise<(prompt: string) => string> {
  const identity = await model.textIdentity();
  const ensemble = createHash('sha256').update(JSON.stringify(templates)).digest('hex');
  return (prompt) => JSON.stringify([identity, ensemble, provider, 'fp32', prompt]);
}
