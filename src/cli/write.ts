import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file, and the folder for it. @throws Error with one sentence */
export async function write(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  } catch (error) {
    throw new Error(`"${path}" cannot be written: ${(error as Error).message}.`, { cause: error });
  }
}
