import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lock } from '../../src/models/lock';

const TIMES = { pollMs: 1, beatMs: 1, staleMs: 60_000 };
/** Above what a system gives to processes. */
const NO_PID = 2 ** 30;

describe('lock between processes', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clip-lock-'));
    path = join(folder, 'model.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const lock = () => new Lock(path, TIMES);
  const leave = (holder: object) =>
    writeFileSync(path, JSON.stringify({ host: hostname(), token: 'other', ...holder }));
  const age = () => utimesSync(path, new Date(0), new Date(0));

  it('only one has it, and the next gets it after its release', async () => {
    const [first, second] = [lock(), lock()];
    assert.equal(await first.tryAcquire(), true);
    assert.equal(await second.tryAcquire(), false);
    await first.release();
    assert.equal(await second.tryAcquire(), true);
    await second.release();
    assert.equal(existsSync(path), false);
  });

  it('one that waits is told once and gets it', async () => {
    const [first, second] = [lock(), lock()];
    await first.acquire();
    let waits = 0;
    const waiting = second.acquire(undefined, () => {
      waits++;
      void first.release();
    });
    await waiting;
    assert.equal(waits, 1);
    await second.release();
  });

  it('waiting can be cancelled', async () => {
    const first = lock();
    await first.acquire();
    const controller = new AbortController();
    await assert.rejects(
      lock().acquire(controller.signal, () => controller.abort()),
      { code: 'cancelled' },
    );
    await first.release();
  });

  it('that of a dead process is taken over, by one only', async () => {
    leave({ pid: NO_PID });
    const locks = Array.from({ length: 8 }, lock);
    const got = await Promise.all(locks.map((one) => one.tryAcquire()));
    assert.ok(got.filter(Boolean).length <= 1);
    const owner = locks[got.indexOf(true)];
    if (!owner) assert.equal(await locks[0]!.tryAcquire(), true);
    await Promise.all(locks.map((one) => one.release()));
    assert.equal(existsSync(path), false);
  });

  it('that of a living process is kept', async () => {
    leave({ pid: process.pid });
    assert.equal(await lock().tryAcquire(), false);
  });

  it('that of another machine is kept until it shows no life any more', async () => {
    leave({ pid: NO_PID, host: 'another' });
    assert.equal(await lock().tryAcquire(), false);
    age();
    const taker = lock();
    assert.equal(await taker.tryAcquire(), true);
    await taker.release();
  });

  it('its holder shows life', async () => {
    const holder = lock();
    await holder.acquire();
    age();
    while (statSync(path).mtimeMs === 0) await sleep(1);
    assert.equal(await lock().tryAcquire(), false);
    await holder.release();
  });

  it('a holder that was taken for dead does not remove the lock of the next', async () => {
    const [first, second] = [lock(), lock()];
    await first.acquire();
    leave({ pid: NO_PID });
    assert.equal(await second.tryAcquire(), true);
    await first.release();
    assert.equal(existsSync(path), true);
    await second.release();
  });
});
