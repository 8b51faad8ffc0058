import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lock } from '../../src/models/lock';
import { HashMemory } from '../../src/models/hashMemory';
import { sha256 } from './support/fakeHub';
import { FILES, Setting, WEIGHTS } from './support/setting';

describe('store of models', () => {
  let setting: Setting;
  beforeEach(async () => (setting = await Setting.create()));
  afterEach(() => setting.remove());

  const weights = () => join(setting.folder, WEIGHTS);

  it('is empty before its folder exists', async () => {
    await setting.store.list().then((models) => assert.deepEqual(models, []));
    assert.equal(await setting.store.totalSize(), 0);
  });

  it('lists models by name, with size, hash and licence', async () => {
    await setting.download({}, { ...setting.wanted, id: 'b', name: 'B' });
    await setting.download({}, { ...setting.wanted, id: 'a', name: 'A' });
    mkdirSync(join(setting.root, 'something else'));
    const models = await setting.store.list();
    assert.deepEqual(models.map(({ record }) => record.id), ['a', 'b']); // prettier-ignore
    const [model] = models;
    const names = [...FILES, 'clip-surgery-model.json'];
    const size = names.reduce((sum, name) => sum + statSync(join(model!.folder, name)).size, 0);
    assert.equal(model!.size, size);
    assert.equal(model!.sha256, sha256(setting.weights));
    assert.equal(model!.isVerified, true);
    assert.equal(await setting.store.totalSize(), size + models[1]!.size);
  });

  it('a model that is still coming is listed and not verified', async () => {
    setting.cut(100_000, 0, 0, 0);
    await assert.rejects(setting.download(), { code: 'cut' });
    const [model] = await setting.store.list();
    assert.deepEqual([model!.isVerified, model!.sha256, model!.record.completed], [false, undefined, undefined]);
    assert.ok(model!.size > 100_000);
  });

  it('verifying reads all bytes, whatever the time of change says; a download repairs only what is damaged', async () => {
    await setting.download();
    assert.deepEqual(await setting.store.verify('tiny'), []);
    const { atime, mtime } = statSync(weights());
    writeFileSync(weights(), Buffer.from(setting.weights).fill(0, 100, 110));
    utimesSync(weights(), atime, mtime);
    let done = 0;
    const damaged = await setting.store.verify('tiny', { onProgress: (progress) => (done = progress.done) });
    assert.deepEqual(damaged, [WEIGHTS]);
    assert.ok(done > setting.weights.length);
    assert.equal((await setting.store.find('tiny'))!.isVerified, false);

    setting.hub.seen.length = 0;
    await setting.download();
    assert.deepEqual(readFileSync(weights()), setting.weights);
    assert.equal(setting.hub.seen.every(({ path }) => path.endsWith(WEIGHTS)), true); // prettier-ignore
    assert.deepEqual(await setting.store.verify('tiny'), []);
  });

  it('a changed file is no longer verified', async () => {
    await setting.download();
    writeFileSync(weights(), setting.weights);
    utimesSync(weights(), 1, 1);
    assert.equal((await setting.store.find('tiny'))!.isVerified, false);
  });

  it('deletes a model and forgets its hashes', async () => {
    await setting.download();
    await setting.store.delete('tiny');
    assert.equal(existsSync(setting.folder), false);
    assert.deepEqual(JSON.parse(readFileSync(join(setting.root, 'hashes.json'), 'utf8')), {});
    await assert.rejects(setting.store.delete('tiny'), { code: 'not-found' });
  });

  it('does not delete what is being downloaded', async () => {
    await setting.download();
    const lock = new Lock(`${setting.folder}.lock`);
    await lock.acquire();
    await assert.rejects(setting.store.delete('tiny'), { code: 'busy' });
    await lock.release();
    assert.ok(existsSync(weights()));
  });

  it('an id cannot lead out of the store', () => {
    for (const id of ['..', '../x', '/x', 'a/../..', '.hidden', 'con']) {
      assert.throws(() => setting.store.folderOf(id), { code: 'bad-answer' }, id);
    }
  });
});

describe('remembered hashes', () => {
  let setting: Setting;
  beforeEach(async () => (setting = await Setting.create()));
  afterEach(() => setting.remove());

  it('a hash is computed once, and again after a change of size or time', async () => {
    const file = join(setting.root, 'file');
    const memory = new HashMemory(join(setting.root, 'hashes.json'));
    let read = 0;
    const onBytes = (count: number) => (read += count);
    writeFileSync(file, 'one');
    assert.equal(await memory.sha256Of(file, { onBytes }), sha256(Buffer.from('one')));
    await memory.sha256Of(file, { onBytes });
    assert.equal(read, 3);
    utimesSync(file, 1, 1);
    await memory.sha256Of(file, { onBytes });
    assert.equal(read, 6);
    assert.equal(await memory.known(join(setting.root, 'none')), undefined);
  });

  it('a broken memory is an empty one', async () => {
    const file = join(setting.root, 'hashes.json');
    writeFileSync(file, '{"');
    assert.equal(await new HashMemory(file).sha256Of(file).then((hash) => hash.length), 64);
  });
});
