import { statfs } from 'node:fs/promises';
import { ModelDownloadError } from '../errors';

/** What is left free for everything else on the disk. */
const MARGIN = 256 * 2 ** 20;
const MB = 1e6;

/** Bytes that may be written to the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** @throws ModelDownloadError when `bytes` more do not fit. */
export function checkSpace(bytes: number, free: number, folder: string): void {
  if (bytes === 0 || bytes + MARGIN <= free) return;
  const inMB = (count: number) => Math.ceil(count / MB);
  throw new ModelDownloadError(
    'disk-full',
    `The download needs ${inMB(bytes + MARGIN)} MB of the disk of "${folder}", which has ${inMB(free)} MB free.`,
    `Make room for ${inMB(bytes + MARGIN - free)} MB, or move the folder of the models to another disk.`,
  );
}
