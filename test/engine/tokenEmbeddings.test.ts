import { strict as assert } from 'node:assert';
import { copyFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelError } from '../../src/clip/errors';
import { CheckpointHashes } from '../../src/engine/checkpointHashes';
import { Model } from '../../src/engine/model';
import { TokenEmbeddings } from '../../src/engine/tokenEmbeddings';
import { DEMO_MODEL } from '../fixtures/engine';

describe('embeddings of tokens', () => {
  let model: Model;
  before(async () => (model = await Model.open(DEMO_MODEL, new CheckpointHashes())));
  const fresh = (folder: string) => new TokenEmbeddings(folder, model.checkpoint, model.text);

  it('are a row of the table and one of the positions, also when some rows are known and some asked twice', async () => {
    const { width, vocabulary, context } = model.text;
    const table = await model.values(model.checkpoint.tensor('text.tokens'));
    const places = await model.values(model.checkpoint.tensor('text.positions'));
    const embeddings = fresh(DEMO_MODEL);
    await embeddings.of([5, 7], [0, 1]);
    const ids = [7, vocabulary - 1, 0, 7];
    const positions = [3, context - 1, 0, 4];
    const expected = ids.flatMap((id, token) =>
      Array.from({ length: width }, (_, i) => Math.fround(table[id * width + i]! + places[positions[token]! * width + i]!)),
    ); // prettier-ignore
    assert.deepEqual([...(await embeddings.of(ids, positions))], expected);
  });

  it('say so when the checkpoint became shorter', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clip-tokens-'));
    try {
      copyFileSync(join(DEMO_MODEL, 'model.safetensors'), join(folder, 'model.safetensors'));
      truncateSync(join(folder, 'model.safetensors'), 1000);
      await assert.rejects(fresh(folder).of([1], [0]), ModelError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
