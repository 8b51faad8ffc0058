import { strict as assert } from 'node:assert';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { FeatureCache } from '../../src/engine/featureCache';
import { decodeFeatures, encodeFeatures } from '../../src/engine/featureCacheFile';
import { trimFolder } from '../../src/engine/trimFolder';

const features = Float32Array.from([1, -2.5, 3e-20]);
const DAY = 86_400;

describe('a file of text features', () => {
  const file = () => Buffer.from(encodeFeatures('key', features));

  it('gives back what was written, for its key alone', () => {
    const finite = fc.float32Array({ minLength: 1, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.string(), fc.string(), finite, (key, other, values) => {
        const bytes = Buffer.from(encodeFeatures(key, values));
        assert.deepEqual(decodeFeatures(key, bytes), values);
        if (other !== key) assert.equal(decodeFeatures(other, bytes), undefined);
      }),
    );
  });

  it('cut off anywhere, or with one bit turned, is none', () => {
    for (let at = 0; at < file().length; at++) {
      assert.equal(decodeFeatures('key', file().subarray(0, at)), undefined);
      const damaged = file();
      damaged[at]! ^= 1;
      assert.equal(decodeFeatures('key', damaged), undefined);
    }
    assert.equal(decodeFeatures('key', Buffer.concat([file(), Buffer.of(0)])), undefined);
  });

  it('with values that are no numbers is none, nor is one without values', () => {
    for (const value of [NaN, Infinity]) {
      const bytes = Buffer.from(encodeFeatures('key', Float32Array.of(1, value)));
      assert.equal(decodeFeatures('key', bytes), undefined);
    }
    assert.equal(decodeFeatures('key', Buffer.from(encodeFeatures('key', new Float32Array()))), undefined);
  });
});

describe('the cache of text features on disk', () => {
  let folder: string;
  let warnings: string[];
  const open = (where = folder) => new FeatureCache(where, (message) => warnings.push(message));
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'clip-words-')), 'text-features');
    warnings = [];
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  it('keeps features for another day, in a folder that it makes', async () => {
    assert.equal(open().read('dog'), undefined);
    await open().write('dog', features);
    assert.deepEqual(open().read('dog'), features);
    assert.equal(open().read('cat'), undefined);
    assert.deepEqual(warnings, []);
  });

  it('takes a damaged file for none, and replaces it', async () => {
    await open().write('dog', features);
    const [file] = files();
    for (const damaged of [readFileSync(file!).subarray(0, 20), Buffer.from('hello, this is text'), Buffer.alloc(0)]) {
      writeFileSync(file!, damaged);
      assert.equal(open().read('dog'), undefined);
      await open().write('dog', features);
      assert.deepEqual(open().read('dog'), features);
    }
    assert.deepEqual(warnings, []);
  });

  it('written by several at once holds one whole file per word, and no drafts', async () => {
    const caches = [open(), open()];
    const words = Array.from({ length: 20 }, (_, i) => `word ${i}`);
    await Promise.all(words.flatMap((word) => caches.flatMap((cache) => [cache.write(word, features), cache.write(word, features)]))); // prettier-ignore
    for (const word of words) assert.deepEqual(open().read(word), features);
    assert.equal(files().length, words.length);
    assert.deepEqual(warnings, []);
  });

  it('in a place that cannot be a folder is none, and says so once', async () => {
    writeFileSync(folder, 'a file is in the way');
    const cache = open();
    for (const word of ['dog', 'cat']) {
      await cache.write(word, features);
      assert.equal(cache.read(word), undefined);
    }
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /^Encoded words are not kept on disk: /);
  });

  it('that has become impossible to write answers what it has', async () => {
    await open().write('dog', features);
    for (let i = 0; i < 256; i++) {
      const inTheWay = join(folder, i.toString(16).padStart(2, '0'));
      if (!existsSync(inTheWay)) writeFileSync(inTheWay, '');
    }
    const cache = open();
    for (const word of ['cat', 'bird', 'fish']) await cache.write(word, features);
    assert.equal(cache.read('cat'), undefined);
    assert.deepEqual(cache.read('dog'), features);
    assert.equal(warnings.length, 1);
  });

  it('remembers when a word was last of use, to the day', async () => {
    await open().write('dog', features);
    const [file] = files();
    const changed = () => statSync(file!).mtimeMs / 1000;
    const now = Date.now() / 1000;
    utimesSync(file!, now - DAY / 2, now - DAY / 2);
    open().read('dog');
    await settled();
    assert.ok(changed() < now - DAY / 4);
    utimesSync(file!, now - 2 * DAY, now - 2 * DAY);
    open().read('dog');
    while (changed() < now - DAY) await settled();
  });

  it('at the start loses what was longest of no use, down to less than its bound', async () => {
    mkdirSync(join(folder, 'ab'), { recursive: true });
    const now = Date.now() / 1000;
    for (let day = 0; day < 10; day++) {
      const path = join(folder, 'ab', `${day} days old`);
      writeFileSync(path, Buffer.alloc(100));
      utimesSync(path, now - day * DAY, now - day * DAY);
    }
    const kept = () => readdirSync(join(folder, 'ab')).length;
    await trimFolder(folder, 1000);
    assert.equal(kept(), 10);
    await trimFolder(folder, 900);
    assert.deepEqual(
      readdirSync(join(folder, 'ab')),
      Array.from({ length: 7 }, (_, day) => `${day} days old`),
    );
    new FeatureCache(folder, (message) => warnings.push(message), 500);
    while (kept() > 4) await settled();
    await trimFolder(join(folder, 'nothing here'), 1);
    assert.deepEqual(warnings, []);
  });
});

/** Lets what goes on in the background come to its end. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
