import { strict as assert } from 'node:assert';
import { checkShards, parseIndex } from '../../src/clip/checkpoint/shards';

const tensor = { dtype: 'F32', shape: [1], offset: 0, length: 4 };
const headers = (files: Record<string, string[]>) =>
  new Map(Object.entries(files).map(([file, names]) => [file, new Map(names.map((name) => [name, tensor]))]));

describe('the index of a sharded checkpoint', () => {
  it('tells the file of each tensor', () => {
    const index = parseIndex('{"metadata":{},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}');
    assert.deepEqual([...index], [['a', '1.safetensors'], ['b', '2.safetensors']]); // prettier-ignore
    checkShards(index, headers({ '1.safetensors': ['a'], '2.safetensors': ['b'] }));
  });

  for (const shard of [
    '../other.safetensors',
    '/etc/a.safetensors',
    '..\\\\a.safetensors',
    'C:a.safetensors',
    'a.bin',
    '',
  ]) {
    it(`rejects the file "${shard}"`, () =>
      assert.throws(() => parseIndex(`{"weight_map":{"w":"${shard}"}}`), {
        message: /places "w" in a file that is not/,
      }));
  }

  for (const text of ['', '[]', 'null', '{}', '{"weight_map":[]}', '{"weight_map":null}']) {
    it(`rejects ${text || 'nothing'}`, () => assert.throws(() => parseIndex(text), { message: /no "weight_map"/ }));
  }

  it('rejects a tensor that is not in its file', () => {
    const index = new Map([['a', '1.safetensors']]);
    const files = headers({ '1.safetensors': ['b'], '2.safetensors': ['a'] });
    assert.throws(() => checkShards(index, files), { message: /"1.safetensors" of the model lacks the tensor "a"/ });
  });

  it('rejects a tensor that is in two files', () => {
    const index = new Map([['a', '1.safetensors']]);
    const files = headers({ '1.safetensors': ['a'], '2.safetensors': ['a'] });
    assert.throws(() => checkShards(index, files), { message: /both hold the tensor "a"/ });
  });
});
