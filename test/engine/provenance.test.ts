import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineClient } from '../../src/engine/client';
import { DEMO_MODEL, EXAMPLES, startEngine } from '../fixtures/engine';
import { describeGolden, goldenModel } from '../fixtures/golden';

const explain = (engine: EngineClient, model: string) =>
  engine.call('explain', {
    model, image: { path: join(EXAMPLES, 'living-room.png') }, imageName: 'living-room.png',
    prompts: ['teddy bear'], method: 'raw',
  }); // prettier-ignore

describe('where a model comes from', () => {
  let engine: EngineClient;
  let model: string;
  const folders: string[] = [];
  const temporary = () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clip-provenance-')));
    folders.push(folder);
    return folder;
  };
  beforeEach(() => {
    model = temporary();
    for (const file of ['config.json', 'tokenizer.json', 'model.safetensors'])
      cpSync(join(DEMO_MODEL, file), join(model, file));
    engine = startEngine();
  });
  afterEach(() => {
    engine.dispose();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  it('is what the card of the folder says, and otherwise the configuration', async () => {
    assert.equal((await engine.call('describe', { model })).name, 'Demo');
    const card = { id: 'someone/clip', name: 'Someone’s CLIP', licence: 'Apache-2.0', citation: '@misc{clip}' };
    writeFileSync(join(model, 'clip-surgery-model.json'), JSON.stringify(card));
    const { id, name, licence, citation } = await engine.call('describe', { model });
    assert.deepEqual({ id, name, licence, citation }, card);
    const explanation = await explain(engine, model);
    const sha256 = createHash('sha256')
      .update(readFileSync(join(model, 'model.safetensors')))
      .digest('hex');
    assert.deepEqual(explanation.model, { id, name, licence, sha256 });
  });

  it('is also how it was trained, where the configuration says otherwise', async () => {
    const map = async () => (await explain(engine, model)).prompts[0]!.map;
    const own = await map();
    const write = (activation: string) =>
      writeFileSync(join(model, 'clip-surgery-model.json'), JSON.stringify({ activation }));
    write('gelu');
    assert.notEqual(await map(), own, 'the demo model was trained with quick_gelu');
    write('quick_gelu');
    assert.equal(await map(), own);
    write('relu');
    await assert.rejects(map(), { code: 'bad-model', message: /"activation" in clip-surgery-model\.json/ });
  });

  it('is not taken from a card that is damaged', async () => {
    writeFileSync(join(model, 'clip-surgery-model.json'), '{"licence": ["MIT"]}');
    await assert.rejects(engine.call('describe', { model }), {
      code: 'bad-model',
      message: /"licence" in clip-surgery/,
    });
  });

  it('is not hashed again by the next process', async () => {
    const cacheFolder = temporary();
    const first = startEngine({ arguments: { cacheFolder } });
    const { sha256 } = (await explain(first, model)).model;
    first.dispose();
    // Only a process that believes the memory can answer with a hash that was put there.
    const memory = join(cacheFolder, 'hashes.json');
    const mark = '0'.repeat(64);
    writeFileSync(memory, readFileSync(memory, 'utf8').replace(sha256, mark));
    const second = startEngine({ arguments: { cacheFolder } });
    try {
      assert.equal((await explain(second, model)).model.sha256, mark);
    } finally {
      second.dispose();
    }
  });
});

describeGolden('the size that a model is explained at', () => {
  it('is its own for a small one, and a choice among whole patches', async () => {
    const model = goldenModel('tiny_rn');
    const engine = startEngine();
    try {
      const { patch, nativeSize, explainSize, sizes } = await engine.call('describe', { model });
      assert.deepEqual([patch, nativeSize, explainSize], [32, 96, 96]);
      assert.deepEqual(sizes, [96, 384, 512, 768, 1024]);
    } finally {
      engine.dispose();
      rmSync(model, { recursive: true });
    }
  });
});
