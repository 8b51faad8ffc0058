import { createHash } from 'node:crypto';

/** How a picture is called that has no file. */
export function bytesName(bytes: Uint8Array, extension: string): string {
  return `output-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.${extension}`;
}
