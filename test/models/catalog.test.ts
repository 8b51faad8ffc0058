import { strict as assert } from 'node:assert';
import json from '../../models/catalog.json';
import { parseCatalog, readCatalog } from '../../src/models/catalog';

describe('catalogue of models', () => {
  const entry = (change: object) => ({ ...json, models: [{ ...json.models[0], ...change }] });

  it('has the models that it promises', () => {
    const { models } = readCatalog();
    const has = (pattern: RegExp) => models.some(({ name }) => pattern.test(name));
    const names = ['OpenAI ViT-B/32', 'OpenAI ViT-B/16', 'OpenAI ViT-L/14', 'OpenAI ViT-L/14@336', 'OpenAI RN50', 'OpenAI RN101']; // prettier-ignore
    for (const name of names) assert.ok(models.some((model) => model.name === name), name); // prettier-ignore
    for (const data of ['LAION-2B', 'DataComp', 'MetaCLIP']) {
      for (const size of ['ViT-B/16', 'ViT-L/14']) assert.ok(has(new RegExp(`^${data} ${size}$`)), `${data} ${size}`);
    }
    assert.ok(has(/^TinyCLIP/));
  });

  it('knows who was trained with which activation', () => {
    for (const { id, activation } of readCatalog().models) {
      if (/^(openai|metaclip)/.test(id)) assert.equal(activation, 'quick_gelu', id);
      if (/^(laion2b|datacomp)/.test(id)) assert.equal(activation, 'gelu', id);
    }
  });

  it('every named list of files has a configuration, a tokenizer and weights', () => {
    for (const { id, files } of readCatalog().models) {
      if (!files) continue;
      const names = files.map(({ name }) => name);
      const isOpenClip = names.includes('open_clip_config.json') && names.includes('open_clip_model.safetensors');
      assert.ok(isOpenClip || (names.includes('config.json') && names.includes('model.safetensors')), id);
      assert.ok(names.includes('tokenizer.json'), id);
    }
  });

  const wrong: readonly [string, object][] = [
    ['id', { id: 'Has Spaces' }],
    ['repository', { repository: 'no-organisation' }],
    ['revision', { revision: 'main' }],
    ['files', { files: [{ name: '../config.json' }] }],
    ['files', { files: [{ name: 'config.json', sha256: 'short' }] }],
    ['files', { files: [{ name: 'config.json', sha265: 'f'.repeat(64) }] }],
    ['size', { size: 0 }],
    ['licence', { licence: '' }],
    ['activation', { activation: 'relu' }],
    ['surprise', { surprise: 1 }],
  ];
  for (const [field, change] of wrong) {
    it(`refuses ${JSON.stringify(change)}`, () => {
      assert.throws(() => parseCatalog(entry(change)), new RegExp(`Entry 1 .*wrong "${field}"`));
    });
  }

  it('takes a revision and hashes where they are known', () => {
    const known = { revision: 'a'.repeat(40), files: [{ name: 'config.json', size: 3, sha256: 'b'.repeat(64) }] };
    assert.deepEqual(parseCatalog(entry(known)).models[0], { ...json.models[0], ...known });
  });

  it('refuses an id that is there twice', () => {
    assert.throws(() => parseCatalog({ ...json, models: [json.models[0], json.models[0]] }), /twice/);
  });
});
