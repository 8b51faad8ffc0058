import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileSystemError } from '../errors';
import type { HashMemory } from '../hashMemory';
import { Lock, type LockTimes } from '../lock';
import { ProgressMeter, type DownloadProgress } from '../progress';
import { readRecord, totalSize, writeRecord, type ModelRecord, type PinnedFile } from '../record';
import { checkSpace, freeBytes } from './diskSpace';
import { downloadFile } from './downloadFile';
import type { Hub } from './hub';
import type { HubCache } from './hubCache';
import { cacheSource, hubSource } from './modelSource';
import { planModel, revisionOf, type TokenizerOrigin, type WantedModel } from './planModel';
import { USUAL_RETRIES, type RetryPolicy } from './retry';

export interface ModelDownload {
  readonly hub: Hub;
  /** The cache that the hub's tools share, if it is to be used. */
  readonly cache?: HubCache;
  readonly hashes: HashMemory;
  readonly tokenizer: TokenizerOrigin;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Another window is downloading the same model and is waited for. */
  readonly onWait?: () => void;
  readonly retries?: RetryPolicy;
  readonly lockTimes?: LockTimes;
  /** Bytes that may be written to the disk of a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/**
 * Brings a model into `folder`, which has its name, or completes what is there. Whoever asks for the same model
 * meanwhile waits. What is pinned at the first download must come at every later one.
 * @throws ModelDownloadError; what has come is kept and used the next time.
 */
export async function downloadModel(
  wanted: WantedModel,
  folder: string,
  download: ModelDownload,
): Promise<ModelRecord> {
  const lock = new Lock(`${folder}.lock`, download.lockTimes);
  try {
    await mkdir(dirname(folder), { recursive: true });
    await lock.acquire(download.signal, () => download.onWait?.());
    return await complete(await pinned(wanted, folder, download), folder, download);
  } catch (error) {
    throw fileSystemError(error, folder);
  } finally {
    await lock.release();
  }
}

/** What was pinned earlier, or is now. */
async function pinned(wanted: WantedModel, folder: string, download: ModelDownload): Promise<ModelRecord> {
  const { hub, cache, tokenizer, retries = USUAL_RETRIES, signal } = download;
  const earlier = await readRecord(folder);
  if (earlier && isSame(earlier, wanted)) return earlier;
  const source = hub.offline ? cacheSource(cache) : hubSource(hub, retries, signal);
  const record = await planModel(source, wanted, tokenizer);
  if (earlier) await rm(folder, { recursive: true }); // another revision: nothing of it belongs to this one
  await mkdir(folder, { recursive: true });
  await writeRecord(folder, record);
  return record;
}

/** Whether it is what is wanted now, also by a catalogue that knows more than the one of then. */
function isSame(earlier: ModelRecord, wanted: WantedModel): boolean {
  const pinnedHash = (name: string) => earlier.files.find((file) => file.name === name)?.sha256;
  return (
    earlier.repository === wanted.repository &&
    [earlier.requested, earlier.revision].includes(revisionOf(wanted)) &&
    (wanted.files ?? []).every(({ name, sha256 }) => sha256 === undefined || sha256 === pinnedHash(name))
  );
}

async function complete(record: ModelRecord, folder: string, download: ModelDownload): Promise<ModelRecord> {
  const { hub, cache, hashes, retries = USUAL_RETRIES, signal } = download;
  let current = record;
  const missing = new Set<PinnedFile>();
  for (const file of record.files) if (!(await isPresent(file, folder, download))) missing.add(file);
  if (missing.size === 0 && record.completed !== undefined) return record;

  const arrived = async (file: PinnedFile, sha256: string) => {
    missing.delete(file);
    await hashes.remember(join(folder, file.name), sha256);
    current = { ...current, files: current.files.map((f) => (f.name === file.name ? { ...f, sha256 } : f)) };
    await writeRecord(folder, current);
  };
  for (const file of [...missing]) {
    const sha256 = await cache?.take(file, join(folder, file.name), signal);
    if (sha256 !== undefined) await arrived(file, sha256);
  }
  await checkSpaceFor([...missing], folder, download);
  const total = totalSize(record.files);
  const meter = new ProgressMeter(total, (progress) => download.onProgress?.(progress));
  for (const file of [...missing]) {
    const before = total - totalSize([...missing]);
    const onBytes = (done: number) => meter.update(file.name, before + done);
    await arrived(file, await downloadFile(hub, file, join(folder, file.name), { retries, signal, onBytes }));
  }
  const whole = { ...current, completed: new Date().toISOString() };
  await writeRecord(folder, whole);
  return whole;
}

/** Whether the right file is there; read only if it changed since it was read last, e.g. because it was put by hand. */
async function isPresent(file: PinnedFile, folder: string, { hashes, signal }: ModelDownload): Promise<boolean> {
  const path = join(folder, file.name);
  if (file.sha256 === undefined || (await sizeOf(path)) !== file.size) return false;
  return (await hashes.sha256Of(path, { signal })) === file.sha256;
}

async function checkSpaceFor(missing: readonly PinnedFile[], folder: string, download: ModelDownload): Promise<void> {
  const parts = await Promise.all(missing.map(({ name }) => sizeOf(`${join(folder, name)}.part`)));
  const needed = totalSize(missing) - parts.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  checkSpace(Math.max(0, needed), await (download.freeBytes ?? freeBytes)(folder), folder);
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
