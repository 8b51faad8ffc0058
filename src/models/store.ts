import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSystemError, ModelDownloadError } from './errors';
import { HashMemory } from './hashMemory';
import { ProgressMeter, type DownloadProgress } from './progress';
import { Lock, type LockTimes } from './lock';
import { checkedFileName, isFileName } from './names';
import { readRecord, totalSize, type ModelRecord } from './record';

/** A model in the store, whole or still coming. */
export interface StoredModel {
  readonly record: ModelRecord;
  readonly folder: string;
  /** Bytes on the disk. */
  readonly size: number;
  /** SHA-256 of the checkpoint; undefined while it is coming, and of a sharded one. */
  readonly sha256?: string;
  /** All files are there, were hashed, and did not change since then. */
  readonly isVerified: boolean;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** What a model is renamed to before it is removed: half a model is never taken for one. */
const TRASH = '.trash-';

/** The downloaded models: a folder with one folder for each, and the hashes of their files. */
export class ModelStore {
  readonly hashes: HashMemory;

  constructor(
    readonly root: string,
    private readonly lockTimes?: LockTimes,
  ) {
    this.hashes = new HashMemory(join(root, 'hashes.json'));
  }

  /** Where the model is or will be. */
  folderOf(id: string): string {
    return join(this.root, checkedFileName(id).replaceAll('/', '--'));
  }

  /** All models, by name. */
  async list(): Promise<readonly StoredModel[]> {
    const names = await readdir(this.root).catch(() => []);
    const models = await Promise.all(names.filter(isFileName).map((name) => this.find(name)));
    return models.filter((model) => model !== undefined).sort((a, b) => a.record.name.localeCompare(b.record.name));
  }

  /** The model; undefined when nothing of it is there. */
  async find(id: string): Promise<StoredModel | undefined> {
    const folder = this.folderOf(id);
    const record = await readRecord(folder);
    if (!record) return undefined;
    const known = await Promise.all(record.files.map(({ name }) => this.hashes.known(join(folder, name))));
    const isVerified =
      record.completed !== undefined &&
      record.files.every(({ sha256 }, i) => sha256 !== undefined && sha256 === known[i]);
    const checkpoints = record.files.filter(({ name }) => name.endsWith('.safetensors'));
    const sha256 = record.completed && checkpoints.length === 1 ? checkpoints[0]!.sha256 : undefined;
    return { record, folder, size: await sizeOf(folder), sha256, isVerified };
  }

  /** Bytes of all models. */
  async totalSize(): Promise<number> {
    return (await this.list()).reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Reads all files of a model again and compares them with what was pinned. A download repairs what is named.
   * @returns names of the files that are missing or have other bytes
   */
  async verify(id: string, { signal, onProgress }: VerifyOptions = {}): Promise<readonly string[]> {
    const { record, folder } = await this.existing(id);
    const meter = new ProgressMeter(totalSize(record.files), (progress) => onProgress?.(progress));
    const damaged: string[] = [];
    let done = 0;
    for (const { name, sha256 } of record.files) {
      const onBytes = (count: number) => meter.update(name, (done += count));
      const found = await this.hashes.compute(join(folder, name), { signal, onBytes }).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw fileSystemError(error, join(folder, name));
      });
      if (found === undefined || found !== sha256) damaged.push(name);
    }
    return damaged;
  }

  /** @throws ModelDownloadError when the model is not there or is just being downloaded. */
  async delete(id: string): Promise<void> {
    const { folder, record } = await this.existing(id);
    const lock = new Lock(`${folder}.lock`, this.lockTimes);
    if (!(await lock.tryAcquire())) {
      throw new ModelDownloadError('busy', `${record.name} is being downloaded.`, 'Cancel the download first.');
    }
    try {
      await rename(folder, join(this.root, `${TRASH}${randomUUID()}`));
      await this.hashes.forget(folder);
    } catch (error) {
      throw fileSystemError(error, folder);
    } finally {
      await lock.release();
    }
    await this.emptyTrash();
  }

  /** Also removes what an earlier session could not, e.g. because the file was still open. */
  private async emptyTrash(): Promise<void> {
    const trash = (await readdir(this.root)).filter((name) => name.startsWith(TRASH));
    const remove = (name: string) => rm(join(this.root, name), { recursive: true, force: true });
    await Promise.all(trash.map((name) => remove(name).catch(() => undefined)));
  }

  private async existing(id: string): Promise<StoredModel> {
    const model = await this.find(id);
    if (model) return model;
    throw new ModelDownloadError('not-found', `There is no downloaded model "${id}".`);
  }
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const stats = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => undefined)));
  return stats.reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0);
}
