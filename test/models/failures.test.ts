import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { fileSystemError, ModelDownloadError } from '../../src/models/errors';
import { networkError, statusError } from '../../src/models/hub/failures';
import { Hub, hubOptionsOf } from '../../src/models/hub/hub';
import { ProgressMeter, type DownloadProgress } from '../../src/models/progress';
import { isFileName } from '../../src/models/names';

describe('failures of a download', () => {
  const network = (code: string, message = code) =>
    networkError(new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) }), 'hub.example');
  const status = (code: number, headers = {}) => statusError(new Response(null, { status: code, headers }), 'x of y');

  it('what cannot pass is not tried again; what can is', () => {
    for (const code of ['ENOTFOUND', 'ECONNREFUSED']) assert.equal(network(code).code, 'unreachable');
    for (const code of ['ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_BODY_TIMEOUT']) {
      assert.deepEqual([network(code).code, network(code).retry], ['cut', {}]);
    }
    for (const code of [401, 403, 404, 407, 400]) assert.equal(status(code).retry, undefined, String(code));
    for (const code of [408, 429, 500, 503]) assert.deepEqual(status(code).retry, { afterMs: undefined }, String(code));
  });

  it('proxies are named', () => {
    assert.equal(status(407).code, 'proxy');
    assert.equal(network('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling').code, 'proxy');
    assert.equal(network('SELF_SIGNED_CERT_IN_CHAIN').code, 'proxy');
  });

  it('Retry-After is read as seconds and as a date', () => {
    assert.equal(status(503, { 'retry-after': '7' }).retry!.afterMs, 7000);
    assert.equal(status(503, { 'retry-after': new Date(0).toUTCString() }).retry!.afterMs, 0);
    assert.equal(status(503, { 'retry-after': 'soon' }).retry!.afterMs, undefined);
  });

  it('every one is one sentence, with one sentence on what to do', () => {
    for (const { message, hint } of [
      network('ENOTFOUND'),
      network('ECONNRESET'),
      status(401),
      status(404),
      status(407),
    ]) {
      assert.match(message, /^[^.].*\.$/);
      assert.match(hint!, /\.$/);
    }
  });

  it('a full disk says that what has come is kept; other errors stay', () => {
    const full = fileSystemError(Object.assign(new Error('no space left'), { code: 'ENOSPC' }), '/models/a');
    assert.ok(full instanceof ModelDownloadError && full.code === 'disk-full' && full.hint!.includes('kept'));
    const bug = new TypeError('x is undefined');
    assert.equal(fileSystemError(bug, '/models/a'), bug);
  });
});

describe('address of the hub', () => {
  /** Headers that a request sends. */
  async function sent(options: ConstructorParameters<typeof Hub>[0], url: string): Promise<Headers> {
    let headers = new Headers();
    const fetch = (_: unknown, init?: RequestInit) => {
      headers = new Headers(init?.headers);
      return Promise.resolve(new Response());
    };
    await new Hub({ ...options, fetch: fetch }).request(new URL(url));
    return headers;
  }

  it('a mirror may lie under a path', () => {
    const hub = new Hub({ endpoint: 'https://mirror.example/hub/' });
    assert.equal(hub.fileUrl('a/b', 'refs/pr/1', 'x.json').href, 'https://mirror.example/hub/a/b/resolve/refs%2Fpr%2F1/x.json'); // prettier-ignore
    assert.equal(hub.modelUrl('a/b', 'main').href, 'https://mirror.example/hub/api/models/a/b/revision/main');
  });

  it('is refused when it is none', () => {
    for (const endpoint of ['nonsense', 'file:///etc']) assert.throws(() => new Hub({ endpoint }), /HF_ENDPOINT/);
  });

  it('the token is sent to its origin alone, and never in the clear', async () => {
    const token = 'secret';
    const endpoint = 'https://hub.example';
    assert.equal((await sent({ endpoint, token }, 'https://hub.example/a')).get('authorization'), 'Bearer secret');
    assert.equal((await sent({ endpoint, token }, 'https://cdn.example/a')).get('authorization'), null);
    assert.equal((await sent({ endpoint, token }, 'http://hub.example/a')).get('authorization'), null);
    const clear = 'http://hub.example';
    assert.equal((await sent({ endpoint: clear, token }, 'http://hub.example/a')).get('authorization'), null);
  });

  it('circles of redirects end', async () => {
    const fetch = () => Promise.resolve(new Response(null, { status: 302, headers: { location: '/again' } }));
    await assert.rejects(new Hub({ fetch }).request(new URL('https://huggingface.co/a')), { code: 'bad-answer' });
  });

  it('the variables of the hub are read', () => {
    assert.deepEqual(hubOptionsOf({}), { endpoint: undefined, token: undefined, offline: false });
    assert.deepEqual(hubOptionsOf({ HF_ENDPOINT: 'https://m', HF_TOKEN: 't', HF_HUB_OFFLINE: 'YES' }), {
      endpoint: 'https://m',
      token: 't',
      offline: true,
    });
  });
});

describe('names of files from outside', () => {
  it('plain paths are taken', () => {
    for (const name of ['config.json', 'model-00001-of-00002.safetensors', 'onnx/model.onnx'])
      assert.ok(isFileName(name));
  });

  it('nothing leaves the folder, is hidden or is special', () => {
    const bad = ['', '.', '..', '../a', 'a/../b', '/a', 'a//b', 'a\\b', 'C:a', '.a', 'a/.b', 'nul', 'a.', 'a\0', 'a b'];
    for (const name of bad) assert.equal(isFileName(name), false, name);
    const parts = fc.array(fc.constantFrom('..', '.', 'a', '', '/', '\\', '~', '%2e%2e'), { maxLength: 6 });
    fc.assert(
      fc.property(parts, (names) => {
        const name = names.join('/');
        if (isFileName(name)) assert.match(name, /^a(\/a)*$/);
      }),
    );
  });
});

describe('progress of a download', () => {
  it('tells the speed of what came, and not of what was there', () => {
    let time = 0;
    const reports: DownloadProgress[] = [];
    const meter = new ProgressMeter(10_000, (progress) => reports.push(progress), () => time); // prettier-ignore
    meter.update('a', 5_000);
    assert.equal(reports[0]!.bytesPerSecond, undefined);
    time = 1000;
    meter.update('a', 6_000);
    assert.deepEqual(reports[1], { file: 'a', done: 6_000, total: 10_000, bytesPerSecond: 1000, secondsLeft: 4 });
  });

  it('does not report every piece, but always the last', () => {
    let reports = 0;
    const meter = new ProgressMeter(1000, () => reports++, () => 0); // prettier-ignore
    for (let done = 0; done <= 1000; done++) meter.update('a', done);
    assert.equal(reports, 2);
  });
});
