import { LRUCache } from 'lru-cache';
import { Tensor } from 'onnxruntime-node';
import { cosinesGraph } from '../clip/graph/cosines';
import { REFERENCE } from '../protocol/execution';
import { createSession, type Session, type SessionOptions } from './session';

/** Pictures of which cosines are remembered: those that are looked at, and some more. */
const MOST_PICTURES = 16;
/**
 * How many texts share a product, filled up with zeros. It is always as many: the runtime sums in an order that depends
 * on the sizes, and a word's map must not depend on the other words, not even in its last bit.
 */
const TEXTS = 64;

/** By the features of a text: they are the same object as long as the text encoder remembers them. */
type Rows = WeakMap<Float32Array, Float32Array>;

/** Cosines of pictures' tokens with words, remembered: an edit only computes those of new words. */
export class PictureCosines {
  private readonly pictures = new LRUCache<Float32Array, Rows>({ max: MOST_PICTURES });
  private sessionOnce?: Promise<Session>;

  constructor(private readonly options: SessionOptions = {}) {}

  /**
   * A row `[1 + N]` per text.
   * @param tokens `[1 + N, D]` of any length, the same object for the same picture
   * @param texts features `[D]` of any length, the same objects for the same words
   */
  async of(tokens: Float32Array, texts: readonly Float32Array[]): Promise<readonly Float32Array[]> {
    const known = this.pictures.get(tokens) ?? new WeakMap<Float32Array, Float32Array>();
    this.pictures.set(tokens, known);
    const news = [...new Set(texts)].filter((text) => !known.has(text));
    for (let from = 0; from < news.length; from += TEXTS) {
      const some = news.slice(from, from + TEXTS);
      for (const [i, row] of (await this.compute(tokens, some)).entries()) known.set(some[i]!, row);
    }
    return texts.map((text) => known.get(text)!);
  }

  /** @param texts at most as many as share a product */
  private async compute(tokens: Float32Array, texts: readonly Float32Array[]): Promise<Float32Array[]> {
    const [{ length: width } = tokens] = texts;
    const count = tokens.length / width;
    const filled = new Float32Array(TEXTS * width);
    for (const [i, text] of texts.entries()) filled.set(text, i * width);
    const session = await (this.sessionOnce ??= createSession(cosinesGraph(), '.', REFERENCE.provider, this.options));
    const inputs = {
      texts: new Tensor('float32', filled, [TEXTS, width]),
      tokens: new Tensor('float32', tokens, [count, width]),
    };
    const cosines = await session.run(inputs, 'cosines');
    return texts.map((_, i) => cosines.slice(i * count, (i + 1) * count));
  }
}
