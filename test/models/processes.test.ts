import { strict as assert } from 'node:assert';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Setting, WEIGHTS } from './support/setting';

describe('downloads of several processes', () => {
  let setting: Setting;
  beforeEach(async () => (setting = await Setting.create()));
  afterEach(() => setting.remove());

  const command = () => [
    ...[process.execPath, '--import', 'tsx', join(__dirname, 'support/downloadOnce.ts')],
    ...[setting.hub.endpoint, setting.root, JSON.stringify(setting.wanted)],
  ];
  function start(...before: readonly string[]): ChildProcess {
    const [program, ...rest] = [...before, ...command()];
    return spawn(program!, rest, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    });
  }
  const weights = () => readFileSync(join(setting.folder, WEIGHTS));

  it('two at once download once', async () => {
    const codes = await Promise.all([start(), start()].map(async (child) => (await once(child, 'exit')) as unknown[]));
    assert.deepEqual(codes.map(([code]) => code), [0, 0]); // prettier-ignore
    assert.deepEqual(weights(), setting.weights);
    assert.equal(setting.hub.sent, setting.weights.length);
    assert.equal(existsSync(`${setting.folder}.lock`), false);
  });

  it('two in one process download once, and the second is told that it waits', async () => {
    let waits = 0;
    const onWait = () => waits++;
    const lockTimes = { pollMs: 1, beatMs: 50, staleMs: 10_000 };
    await Promise.all([setting.download({ onWait, lockTimes }), setting.download({ onWait, lockTimes })]);
    assert.equal(setting.hub.sent, setting.weights.length);
    assert.equal(waits, 1);
  });

  it('killed in the middle, nothing is lost and nothing is asked for twice', async () => {
    const child = start();
    setting.hub.faults.cutAfter = () => 123_456;
    setting.hub.faults.beforeCut = async () => {
      await setting.arrived(123_456);
      child.kill('SIGKILL');
      await once(child, 'exit');
    };
    await once(child, 'exit');
    assert.equal(existsSync(`${setting.folder}.lock`), true, 'the dead process left its lock');
    setting.hub.faults = { statuses: [] };
    await setting.download();
    assert.deepEqual(weights(), setting.weights);
    assert.equal(setting.hub.sent, setting.weights.length);
    assert.equal(setting.hub.bodies(WEIGHTS).at(-1)!.range, 'bytes=123456-');
  });

  it('where no more can be written, it says so and keeps what has come', async function () {
    if (process.platform === 'win32') return this.skip(); // has no limit on the size of files
    const limited = start('sh', '-c', 'ulimit -f 400; exec "$@"', 'sh'); // of 512 bytes each
    const [said] = await Promise.all([text(limited.stderr!), once(limited, 'exit')]);
    assert.match(said, /The disk became full while ".*open_clip_model.safetensors.part" was written/);
    const part = readFileSync(join(setting.folder, `${WEIGHTS}.part`));
    assert.deepEqual(part, setting.weights.subarray(0, 204_800));
    await setting.download();
    assert.deepEqual(weights(), setting.weights);
    assert.equal(setting.hub.bodies(WEIGHTS).at(-1)!.range, 'bytes=204800-');
  });
});
