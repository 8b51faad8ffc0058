import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { HubCache, hubCacheFolder } from '../../src/models/hub/hubCache';
import { COMMIT, gitObject, sha256 } from './support/fakeHub';
import { REPOSITORY, Setting, WEIGHTS } from './support/setting';

describe("the hub's shared cache", () => {
  let setting: Setting;
  beforeEach(async () => (setting = await Setting.create()));
  afterEach(() => setting.remove());

  const folder = () => join(setting.root, 'cache');
  const repository = () => join(folder(), 'models--org--Tiny-CLIP');
  const cache = () => new HubCache(folder());
  const weights = () => join(setting.folder, WEIGHTS);

  /** As the hub's tools leave it: a blob by its etag, and a link to it by its name. */
  function keep(path: string, content: Buffer, etag: string): string {
    const blob = join(repository(), 'blobs', etag);
    const link = join(repository(), 'snapshots', COMMIT, path);
    for (const file of [blob, link]) mkdirSync(dirname(file), { recursive: true });
    writeFileSync(blob, content);
    symlinkSync(relative(dirname(link), blob), link);
    return blob;
  }

  function keepAll(): void {
    mkdirSync(join(repository(), 'refs'), { recursive: true });
    writeFileSync(join(repository(), 'refs/main'), COMMIT);
    keep(WEIGHTS, setting.weights, sha256(setting.weights));
    for (const path of ['open_clip_config.json', 'tokenizer.json']) {
      const content = setting.hub.content(REPOSITORY, path);
      keep(path, content, gitObject(content));
    }
  }

  it('a whole file is linked instead of downloaded', async () => {
    const blob = keep(WEIGHTS, setting.weights, sha256(setting.weights));
    const record = await setting.download({ cache: cache() });
    assert.equal(setting.hub.bodies(WEIGHTS).length, 0);
    assert.deepEqual(readFileSync(weights()), setting.weights);
    assert.equal(statSync(weights()).ino, statSync(blob).ino);
    assert.ok(record.completed);
  });

  it('a file of the same length and other bytes is downloaded', async () => {
    keep(WEIGHTS, Buffer.alloc(setting.weights.length), sha256(setting.weights));
    await setting.download({ cache: cache() });
    assert.deepEqual(readFileSync(weights()), setting.weights);
    assert.equal(existsSync(`${weights()}.cached`), false);
  });

  it('half a file is downloaded', async () => {
    keep(WEIGHTS, setting.weights.subarray(0, 1000), sha256(setting.weights));
    await setting.download({ cache: cache() });
    assert.equal(setting.hub.bodies(WEIGHTS).length, 1);
  });

  it('a copy without a link, as on Windows, is found by its name', async () => {
    const copy = join(repository(), 'snapshots', COMMIT, WEIGHTS);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, setting.weights);
    await setting.download({ cache: cache() });
    assert.equal(setting.hub.bodies(WEIGHTS).length, 0);
  });

  it('offline a whole model comes from it, with or without known files', async () => {
    keepAll();
    const hub = setting.client({ offline: true });
    const record = await setting.download({ hub, cache: cache() });
    assert.equal(record.revision, COMMIT);
    assert.deepEqual(readFileSync(weights()), setting.weights);
    const { files, ...unknown } = { ...setting.wanted, id: 'unknown' };
    const other = await setting.download({ hub, cache: cache() }, unknown);
    assert.deepEqual(other.files.map(({ name }) => name).sort(), files!.map(({ name }) => name).sort());
    assert.equal(setting.hub.seen.length, 0);
  });

  for (const [kind, path] of [
    ['large', WEIGHTS],
    ['small', 'tokenizer.json'],
  ] as const) {
    it(`offline a damaged ${kind} file is refused`, async () => {
      keepAll();
      const damaged = Buffer.from(setting.hub.content(REPOSITORY, path)).fill(0, 0, 9);
      writeFileSync(join(repository(), 'snapshots', COMMIT, path), damaged);
      const download = setting.download({ hub: setting.client({ offline: true }), cache: cache() });
      await assert.rejects(download, { code: 'offline' });
      assert.equal(existsSync(join(setting.folder, path)), false);
    });
  }

  it('is where the variables of the hub say', () => {
    const at = (env: NodeJS.ProcessEnv) => hubCacheFolder(env, '/home/me').replaceAll('\\', '/');
    assert.equal(at({ HF_HUB_CACHE: '/a', HF_HOME: '/b' }), '/a');
    assert.equal(at({ HF_HUB_CACHE: '', HF_HOME: '/b' }), '/b/hub');
    assert.equal(at({ XDG_CACHE_HOME: '/c' }), '/c/huggingface/hub');
    assert.equal(at({}), '/home/me/.cache/huggingface/hub');
  });
});
