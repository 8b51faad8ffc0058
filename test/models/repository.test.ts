import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseFiles, shardsOf } from '../../src/models/hub/chooseFiles';
import { idOfRepository } from '../../src/models/names';
import { golden, hasGolden } from '../fixtures/golden';
import { REPOSITORY, Setting } from './support/setting';

describe('files of a repository', () => {
  const choose = (...names: string[]) => [...chooseFiles('org/model', names)].sort();

  it('those of transformers', () => {
    const names = ['config.json', 'model.safetensors', 'preprocessor_config.json', 'tokenizer.json'];
    assert.deepEqual(choose('.gitattributes', 'pytorch_model.bin', 'vocab.json', ...names), names);
  });

  it('those of open_clip, under both of its names', () => {
    for (const weights of ['open_clip_model.safetensors', 'open_clip_pytorch_model.safetensors']) {
      const names = ['open_clip_config.json', weights, 'tokenizer.json'];
      assert.deepEqual(choose('open_clip_pytorch_model.bin', ...names), names);
    }
  });

  it('the image encoder of timm beside an open_clip checkpoint is not taken for a CLIP', () => {
    const names = ['open_clip_config.json', 'open_clip_model.safetensors'];
    assert.deepEqual(choose('config.json', 'model.safetensors', ...names), names);
  });

  it('an open_clip configuration without its weights leaves those of transformers', () => {
    const names = ['config.json', 'model.safetensors'];
    assert.deepEqual(choose('open_clip_config.json', 'open_clip_pytorch_model.bin', ...names), names);
  });

  it('pickled weights are refused with what to do', () => {
    assert.throws(() => choose('config.json', 'pytorch_model.bin'), { code: 'no-safetensors', hint: /safetensors/ });
    assert.throws(() => choose('ViT-B-16.pt'), { code: 'no-safetensors' });
  });

  it('anything else is not a CLIP', () => {
    assert.throws(() => choose('README.md', 'config.json'), { code: 'not-clip' });
    assert.throws(() => choose('model.safetensors', 'pytorch_model.bin'), { code: 'not-clip' });
  });

  it('an index names each shard once', () => {
    assert.deepEqual(shardsOf({ weight_map: { a: '1.safetensors', b: '2.safetensors', c: '1.safetensors' } }), [
      '1.safetensors',
      '2.safetensors',
    ]);
    for (const index of [undefined, {}, { weight_map: {} }, { weight_map: { a: 1 } }]) {
      assert.throws(() => shardsOf(index), { code: 'bad-answer' });
    }
  });

  it('a repository gives an id, and only a repository', () => {
    assert.equal(idOfRepository('laion/CLIP-ViT-B-16'), 'laion--clip-vit-b-16');
    for (const name of ['', 'a b', '../x', 'a/../b', 'a/b/c', '/a', 'https://host/a']) {
      assert.throws(() => idOfRepository(name), { code: 'not-found' }, name);
    }
  });
});

describe('download of a repository that is in no catalogue', () => {
  let setting: Setting;
  beforeEach(async () => {
    setting = await Setting.create();
    setting.hub.add('org/CLIP', 'tokenizer.json', '{"vocabulary":49408}');
  });
  afterEach(() => setting.remove());

  const wanted = (repository: string) => ({ id: 'any', name: repository, repository });
  const at = (name: string) => join(setting.store.folderOf('any'), name);

  it('takes what makes a CLIP, and nothing else', async () => {
    setting.hub.add(REPOSITORY, 'README.md', 'A model.');
    const record = await setting.download({}, wanted(REPOSITORY));
    assert.equal(record.licence, 'mit');
    assert.equal(existsSync(at('README.md')), false);
    assert.deepEqual(readFileSync(at('open_clip_model.safetensors')), setting.weights);
  });

  it('takes all shards', async () => {
    const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
    setting.hub.add('org/large', 'config.json', '{}');
    setting.hub.add('org/large', 'tokenizer.json', '{}');
    const index = { weight_map: { a: shards[0], b: shards[1] } };
    setting.hub.add('org/large', 'model.safetensors.index.json', JSON.stringify(index));
    const bytes = shards.map((shard, i) => setting.hub.add('org/large', shard, Buffer.alloc(1000, i)));
    await setting.download({}, wanted('org/large'));
    assert.deepEqual(shards.map((shard) => readFileSync(at(shard))), bytes); // prettier-ignore
  });

  it('an index that leads out of the folder is refused', async () => {
    setting.hub.add('org/evil', 'config.json', '{}');
    const index = { weight_map: { a: '../../outside.safetensors' } };
    setting.hub.add('org/evil', 'model.safetensors.index.json', JSON.stringify(index));
    await assert.rejects(setting.download({}, wanted('org/evil')), { code: 'bad-answer', message: /not a file name/ });
  });

  it('gets the tokenizer of CLIP where it has none', async () => {
    setting.hub.add('org/bare', 'config.json', '{}');
    setting.hub.add('org/bare', 'model.safetensors', 'weights');
    await setting.download({}, wanted('org/bare'));
    assert.equal(readFileSync(at('tokenizer.json'), 'utf8'), '{"vocabulary":49408}');
  });

  it('one that is not there is named', async () => {
    await assert.rejects(setting.download({}, wanted('org/none')), { code: 'not-found', message: /org\/none at main/ });
  });

  it('golden checkpoints come as they are', async function () {
    if (!hasGolden) return this.skip(); // ../shared/golden is absent
    const files = { 'config.json': 'config.json', 'model.safetensors': 'hf.fp16.safetensors' };
    const tokenizer = readFileSync(golden('clip-tokenizer.json'));
    setting.hub.add('org/golden', 'tokenizer.json', tokenizer);
    for (const [name, file] of Object.entries(files)) {
      setting.hub.add('org/golden', name, readFileSync(golden(`tiny_vit/${file}`)));
    }
    await setting.download({}, wanted('org/golden'));
    for (const [name, file] of Object.entries(files)) {
      assert.ok(readFileSync(at(name)).equals(readFileSync(golden(`tiny_vit/${file}`))), name);
    }
    assert.ok(readFileSync(at('tokenizer.json')).equals(tokenizer));
  });
});
