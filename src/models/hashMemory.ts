import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { readJsonFile, writeJsonFile } from './jsonFile';
import { sha256Of, type HashOptions } from './sha256';

interface Remembered {
  readonly size: number;
  readonly mtimeMs: number;
  readonly sha256: string;
}

/** SHA-256 of large files, computed once and remembered in one JSON file by path, size and time of change. */
export class HashMemory {
  constructor(private readonly file: string) {}

  /** The hash that is remembered for the file as it is now; undefined when it changed, is new or is gone. */
  async known(path: string): Promise<string | undefined> {
    const now = await stat(path).catch(() => undefined);
    const then = (await this.read())[resolve(path)];
    return now && then?.size === now.size && then.mtimeMs === now.mtimeMs ? then.sha256 : undefined;
  }

  /** The remembered hash, or else one that is computed and remembered. */
  async sha256Of(path: string, options?: HashOptions): Promise<string> {
    return (await this.known(path)) ?? this.compute(path, options);
  }

  /** Reads the file whatever is remembered: bytes can rot without a change of time. */
  async compute(path: string, options?: HashOptions): Promise<string> {
    const sha256 = await sha256Of(path, options);
    await this.remember(path, sha256);
    return sha256;
  }

  /** Takes over a hash that was computed elsewhere. */
  async remember(path: string, sha256: string): Promise<void> {
    const { size, mtimeMs } = await stat(path);
    // Read again: another window may have written meanwhile.
    await writeJsonFile(this.file, { ...(await this.read()), [resolve(path)]: { size, mtimeMs, sha256 } });
  }

  /** Forgets all files of a folder. */
  async forget(folder: string): Promise<void> {
    const kept = Object.entries(await this.read()).filter(([path]) => !path.startsWith(resolve(folder) + sep));
    await writeJsonFile(this.file, Object.fromEntries(kept));
  }

  private async read(): Promise<Record<string, Remembered | undefined>> {
    const value = await readJsonFile(this.file);
    return typeof value === 'object' && value !== null ? (value as Record<string, Remembered>) : {};
  }
}
