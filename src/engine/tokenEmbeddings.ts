import { LRUCache } from 'lru-cache';
import type { TextTower } from '../clip/architecture';
import type { Checkpoint } from '../clip/checkpoint/checkpoint';
import { readRows, readTensor } from './tensorFile';

/** Some megabytes: more tokens than a vocabulary's words and templates have. */
const MOST_ROWS = 4096;

/**
 * What comes into the text encoder: the embedding of each token and that of its position. The table is by far the
 * largest tensor of the text encoder and a prompt needs some rows of it, so that these are read from the checkpoint
 * and no session ever loads it.
 */
export class TokenEmbeddings {
  private readonly rows = new LRUCache<number, Float32Array>({ max: MOST_ROWS });
  private positionsOnce?: Promise<Float32Array>;

  /** @param folder of the checkpoint's files */
  constructor(
    private readonly folder: string,
    private readonly checkpoint: Checkpoint,
    private readonly tower: TextTower,
  ) {}

  /**
   * `[tokens, width]`.
   * @param ids below the size of the vocabulary
   * @param positions of each of them, below the context
   */
  async of(ids: readonly number[], positions: readonly number[]): Promise<Float32Array> {
    const { width } = this.tower;
    const rows = await this.rowsOf(ids);
    const places = await (this.positionsOnce ??= this.read('text.positions'));
    const embeddings = new Float32Array(ids.length * width);
    for (const [token, id] of ids.entries()) {
      const row = rows.get(id)!;
      const place = positions[token]! * width;
      for (let i = 0; i < width; i++) embeddings[token * width + i] = row[i]! + places[place + i]!;
    }
    return embeddings;
  }

  private async rowsOf(ids: readonly number[]): Promise<ReadonlyMap<number, Float32Array>> {
    const found = new Map([...new Set(ids)].map((id) => [id, this.rows.get(id)]));
    const missing = [...found].filter(([, row]) => row === undefined).map(([id]) => id);
    if (missing.length > 0) {
      const { vocabulary, width } = this.tower;
      const read = await readRows(this.folder, this.checkpoint.tensor('text.tokens', [vocabulary, width]), missing);
      for (const [i, id] of missing.entries()) {
        found.set(id, read[i]);
        this.rows.set(id, read[i]);
      }
    }
    return found as ReadonlyMap<number, Float32Array>;
  }

  private read(name: string): Promise<Float32Array> {
    return readTensor(this.folder, this.checkpoint.tensor(name, [this.tower.context, this.tower.width]));
  }
}
