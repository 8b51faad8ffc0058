import { randomUUID } from 'node:crypto';
import { rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled } from './errors';
import { readJsonFile } from './jsonFile';

export interface LockTimes {
  /** Between two looks at a lock that another has. */
  readonly pollMs: number;
  /** Between two signs of life of the holder. */
  readonly beatMs: number;
  /** Without a sign of life for so long the holder is taken for dead. */
  readonly staleMs: number;
}

export const USUAL_LOCK_TIMES: LockTimes = { pollMs: 250, beatMs: 2_000, staleMs: 30_000 };

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/**
 * A lock between processes: a file that only one of them can create. Its time is the holder's sign of life.
 * The folder that it lies in must exist.
 */
export class Lock {
  private readonly holder: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
  private beat?: NodeJS.Timeout;

  constructor(
    private readonly path: string,
    private readonly times: LockTimes = USUAL_LOCK_TIMES,
  ) {}

  /** Waits until it is ours. `onWait` is told once when another has it. */
  async acquire(signal?: AbortSignal, onWait?: () => void): Promise<void> {
    for (let first = true; !(await this.tryAcquire()); first = false) {
      if (first) onWait?.();
      await sleep(this.times.pollMs, undefined, { signal }).catch(() => {
        throw cancelled();
      });
    }
  }

  /** @returns whether it is ours now */
  async tryAcquire(): Promise<boolean> {
    const isOurs = (await this.create()) || ((await this.isStale()) && (await this.clear()) && (await this.create()));
    if (isOurs) this.beat = setInterval(() => void this.showLife(), this.times.beatMs).unref();
    return isOurs;
  }

  async release(): Promise<void> {
    clearInterval(this.beat);
    // After a long sleep of the machine it may be another's by now.
    if ((await this.read())?.token === this.holder.token) await rm(this.path, { force: true });
  }

  private create(): Promise<boolean> {
    return createOnce(this.path, JSON.stringify(this.holder));
  }

  /** Removes the lock of a dead holder. A guard makes sure that nobody removes the lock of whoever came next. */
  private async clear(): Promise<boolean> {
    const guard = `${this.path}.guard`;
    if (!(await createOnce(guard, ''))) {
      // Whoever made the guard needs it for an instant only.
      if ((await ageOf(guard)) > this.times.staleMs) await rm(guard, { force: true });
      return false;
    }
    try {
      if (!(await this.isStale())) return false;
      await rm(this.path, { force: true });
      return true;
    } finally {
      await rm(guard, { force: true });
    }
  }

  private async isStale(): Promise<boolean> {
    const [holder, age] = await Promise.all([this.read(), ageOf(this.path)]);
    const isDead = holder?.host === this.holder.host && !isAlive(holder.pid);
    return isDead || age > this.times.staleMs;
  }

  private async read(): Promise<Partial<Holder> | undefined> {
    return (await readJsonFile(this.path)) as Partial<Holder> | undefined;
  }

  private async showLife(): Promise<void> {
    const now = new Date();
    await utimes(this.path, now, now).catch(() => undefined);
  }
}

/** @returns false when the file is there already */
async function createOnce(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Milliseconds since the file's sign of life; 0 when it is gone. */
async function ageOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found ? Date.now() - found.mtimeMs : 0;
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it lives and is somebody else's
  }
}
