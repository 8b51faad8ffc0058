import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseModelCard } from '../../src/clip/modelCard';
import type { ModelDownloadError } from '../../src/models/errors';
import { downloadFile } from '../../src/models/hub/downloadFile';
import type { DownloadProgress } from '../../src/models/progress';
import { readRecord } from '../../src/models/record';
import { COMMIT, sha256 } from './support/fakeHub';
import { FILES, QUICKLY, REPOSITORY, Setting, WEIGHTS } from './support/setting';

describe('download of a model', () => {
  let setting: Setting;
  beforeEach(async () => (setting = await Setting.create()));
  afterEach(() => setting.remove());

  const weights = () => join(setting.folder, WEIGHTS);
  const part = () => `${weights()}.part`;
  const ranges = () => setting.hub.bodies(WEIGHTS).map(({ range }) => range);
  const fails = async (expected: Partial<ModelDownloadError> | RegExp, options = {}) => {
    const error = expected instanceof RegExp ? { message: expected } : expected;
    await assert.rejects(setting.download(options), error);
    assert.equal(existsSync(weights()), false, 'nothing has the real name');
  };

  it('brings the files in and pins their commit, sizes and hashes', async () => {
    const record = await setting.download();
    assert.deepEqual(readFileSync(weights()), setting.weights);
    assert.equal(record.revision, COMMIT);
    assert.ok(record.completed);
    const pinned = record.files.find(({ name }) => name === WEIGHTS)!;
    assert.deepEqual([pinned.size, pinned.sha256], [setting.weights.length, sha256(setting.weights)]);
    for (const { name, sha256: hash } of record.files) {
      assert.equal(hash, sha256(readFileSync(join(setting.folder, name))), name);
    }
    assert.deepEqual(await readRecord(setting.folder), record);
    assert.deepEqual(readdirSync(setting.folder).sort(), [...FILES, 'clip-surgery-model.json'].sort());
  });

  it('tells the reader of the model how it was trained, where the catalogue knows', async () => {
    await setting.download({}, { ...setting.wanted, activation: 'quick_gelu' });
    const { activation } = parseModelCard(readFileSync(join(setting.folder, 'clip-surgery-model.json'), 'utf8'));
    assert.equal(activation, 'quick_gelu');
  });

  it('takes all files of the commit of the first one', async () => {
    await setting.download();
    const asked = setting.hub.seen.filter(({ server }) => server === 'hub').map(({ path }) => path.split('/')[4]);
    assert.deepEqual(asked, ['main', ...new Array<string>(5).fill(COMMIT)]);
  });

  it('a complete model is not asked for again', async () => {
    await setting.download();
    const before = setting.hub.seen.length;
    await setting.download();
    assert.equal(setting.hub.seen.length, before);
  });

  it('cut at any points, it goes on there and asks for nothing twice', async () => {
    const last = setting.weights.length - 1;
    const points = fc.uniqueArray(fc.integer({ min: 1, max: last }), { minLength: 1, maxLength: 5 });
    mkdirSync(setting.folder);
    await fc.assert(
      fc.asyncProperty(points, async (cuts) => {
        const stops = cuts.sort((a, b) => a - b);
        const starts = [0, ...stops];
        setting.hub.seen.length = 0;
        setting.hub.sent = 0;
        setting.cut(...stops.map((stop, i) => stop - starts[i]!));
        await downloadFile(setting.client(), setting.pinned, weights(), { retries: QUICKLY });
        assert.deepEqual(readFileSync(weights()), setting.weights);
        assert.deepEqual(ranges(), [undefined, ...stops.map((stop) => `bytes=${stop}-`)]);
        assert.equal(setting.hub.sent, setting.weights.length);
      }),
      { numRuns: 50 },
    );
  });

  it('cut for good, the next session goes on', async () => {
    setting.cut(100_000, 0, 0, 0);
    await fails({ code: 'cut' });
    assert.equal(readFileSync(part()).length, 100_000);
    await setting.download();
    assert.equal(ranges().at(-1), 'bytes=100000-');
    assert.deepEqual(readFileSync(weights()), setting.weights);
  });

  it('a cut line that gets further each time is never given up', async () => {
    setting.cut(...new Array<number>(14).fill(20_000));
    await setting.download();
    assert.equal(ranges().length, 15);
  });

  it('what was begun of other content is thrown away', async () => {
    setting.cut(100_000, 0, 0, 0);
    await fails({ code: 'cut' });
    const note = JSON.parse(readFileSync(`${part()}.json`, 'utf8')) as { etag: string };
    writeFileSync(`${part()}.json`, JSON.stringify({ ...note, etag: 'f'.repeat(64) }));
    await setting.download();
    assert.equal(ranges().at(-1), undefined);
    assert.deepEqual(readFileSync(weights()), setting.weights);
  });

  it('a server that knows no ranges starts again', async () => {
    setting.hub.faults.ignoresRanges = true;
    setting.cut(100_000);
    await setting.download();
    assert.deepEqual(readFileSync(weights()), setting.weights);
  });

  it('a server that knows no ranges and is always cut is given up', async () => {
    setting.hub.faults.ignoresRanges = true;
    setting.hub.faults.cutAfter = () => 100_000;
    setting.hub.faults.beforeCut = () => setting.arrived(100_000);
    await fails({ code: 'cut' });
    assert.equal(ranges().length, 1 + QUICKLY.delaysMs.length);
  });

  it('wrong bytes are removed', async () => {
    setting.hub.faults.content = Buffer.from(setting.weights).fill(0, 7, 9);
    await fails({ code: 'hash' });
    assert.equal(existsSync(part()), false);
  });

  it('too few bytes under a content length that lies are asked for until they are there', async () => {
    setting.hub.faults.contentLength = 150_000;
    await setting.download();
    assert.deepEqual(ranges(), [undefined, 'bytes=150000-']);
  });

  it('too many bytes are refused', async () => {
    setting.hub.faults.content = Buffer.concat([setting.weights, setting.weights]);
    await fails({ code: 'size' });
    assert.equal(existsSync(part()), false);
  });

  it('a hub that promises more than there is is refused', async () => {
    setting.hub.faults.linkedSize = setting.weights.length + 1;
    await fails({ code: 'size' });
  });

  it('a busy server is asked again, within limits', async () => {
    setting.hub.faults.statuses = [{ status: 503 }, { status: 429, retryAfter: '0' }, { status: 502, at: 'cdn' }];
    await setting.download();
    await setting.store.delete('tiny');
    setting.hub.faults.statuses = new Array(4).fill({ status: 503 }) as [];
    await fails({ code: 'server' });
  });

  it('a server that asks for much patience is not waited for', async () => {
    setting.hub.faults.statuses = [{ status: 429, retryAfter: '3600' }];
    await fails({ code: 'server' });
    assert.equal(setting.hub.seen.length, 1);
  });

  it('a missing file is named', async () => {
    const files = [{ name: 'config.json' }];
    const wanted = { ...setting.wanted, files };
    await assert.rejects(setting.download({}, wanted), {
      code: 'not-found',
      message: /config\.json of org\/Tiny-CLIP/,
    });
  });

  it('without permission it says that a token is needed', async () => {
    setting.hub.faults.token = 'secret';
    await fails({ code: 'unauthorized' });
  });

  it('the token goes to the hub and never to where it redirects', async () => {
    setting.hub.faults.token = 'secret';
    await setting.download({ hub: setting.client({ token: 'secret' }) });
    for (const { server, authorization } of setting.hub.seen) {
      assert.equal(authorization, server === 'hub' ? 'Bearer secret' : undefined);
    }
    assert.equal(setting.hub.bodies(WEIGHTS).length, 1);
  });

  it('a hub that is not there is told from one that is cut', async () => {
    await setting.hub.stop();
    await fails({ code: 'unreachable' });
    assert.deepEqual(readdirSync(setting.root), [], 'nothing is left behind');
  });

  it('a line that goes down in the middle may come up again', async () => {
    setting.cut(100_000);
    const refused = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) });
    let refusals = 0;
    const hub = setting.client({
      fetch: (...request) => {
        const isDown = setting.hub.bodies(WEIGHTS).length === 1 && refusals++ < 2;
        return isDown ? Promise.reject(refused) : fetch(...request);
      },
    });
    await setting.download({ hub });
    assert.deepEqual(ranges(), [undefined, 'bytes=100000-']);
  });

  it('offline it asks for nothing', async () => {
    await fails({ code: 'offline' }, { hub: setting.client({ offline: true }) });
    assert.equal(setting.hub.seen.length, 0);
  });

  it('a disk that is too small is known before the first byte', async () => {
    await fails(/needs 269 MB of the disk of .*, which has 100 MB free/, { freeBytes: () => Promise.resolve(100e6) });
    assert.equal(ranges().length, 0);
  });

  it('cancelled, it keeps what has come', async () => {
    const controller = new AbortController();
    setting.hub.faults.cutAfter = () => 100_000;
    setting.hub.faults.beforeCut = async () => {
      await setting.arrived(100_000);
      controller.abort();
    };
    await fails({ code: 'cancelled' }, { signal: controller.signal });
    assert.deepEqual(readFileSync(part()), setting.weights.subarray(0, 100_000));
  });

  it('progress counts all files and ends with all bytes', async () => {
    const reports: DownloadProgress[] = [];
    await setting.download({ onProgress: (progress) => reports.push(progress) });
    const sizes = (await readRecord(setting.folder))!.files.map(({ size }) => size);
    const total = sizes.reduce((a, b) => a + b);
    assert.deepEqual([...new Set(reports.map(({ file }) => file))], FILES);
    assert.deepEqual([...new Set(reports.map((report) => report.total))], [total]);
    assert.equal(reports.at(-1)!.done, total);
  });

  it('what is pinned must come at every later download', async () => {
    await setting.download();
    writeFileSync(weights(), 'short');
    setting.hub.add(REPOSITORY, WEIGHTS, Buffer.alloc(setting.weights.length));
    await assert.rejects(setting.download(), { code: 'hash' });
    setting.hub.add(REPOSITORY, WEIGHTS, setting.weights);
    await setting.download();
    assert.deepEqual(readFileSync(weights()), setting.weights);
  });

  it('a file that was put by hand is taken if its hash is right', async () => {
    mkdirSync(setting.folder);
    writeFileSync(weights(), setting.weights);
    await setting.download();
    assert.equal(ranges().length, 0);
    assert.equal((await setting.store.find('tiny'))!.isVerified, true);
  });

  it('a slow line brings the same bytes', async () => {
    setting.hub.faults.piece = 1000;
    await setting.download();
    assert.deepEqual(readFileSync(weights()), setting.weights);
  });

  it('a file that the catalogue knows otherwise is refused', async () => {
    const files = [{ name: WEIGHTS, sha256: '0'.repeat(64) }];
    await assert.rejects(setting.download({}, { ...setting.wanted, files }), { code: 'changed' });
  });

  it('a catalogue that has learnt the commit keeps what is there; one with another hash does not', async () => {
    await setting.download();
    setting.hub.seen.length = 0;
    const known = (hash: string) => [{ name: WEIGHTS, sha256: hash }];
    const files = known(sha256(setting.weights));
    await setting.download({}, { ...setting.wanted, revision: COMMIT, files });
    assert.equal(setting.hub.seen.length, 0);
    const other = { ...setting.wanted, files: known('0'.repeat(64)) };
    await assert.rejects(setting.download({}, other), { code: 'changed' });
  });

  it('another revision replaces all files', async () => {
    await setting.download();
    const fresh = setting.hub.add(REPOSITORY, WEIGHTS, Buffer.alloc(setting.weights.length, 1));
    const record = await setting.download({}, { ...setting.wanted, revision: 'refs/pr/2' });
    assert.deepEqual(readFileSync(weights()), fresh);
    assert.equal(record.requested, 'refs/pr/2');
  });
});
