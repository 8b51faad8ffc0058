import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { QuantisedTensor } from '../../clip/quantise/quantisedTensors';
import { breathe, type Job } from '../job';

/** Room for the header before the tensors, whose names and places are known behind them. */
const HEADER_BYTES = 256 * 1024;

/**
 * Writes tensors as a safetensors file, one after the other: all of them together would fill the memory. The header
 * comes last, so that a file that was cut off is none.
 * @returns the SHA-256 of the file, lower-case hex
 * @throws Error of the file system, e.g. when the disk is full; AbortError when the request was cancelled
 */
export async function writeQuantised(path: string, tensors: AsyncIterable<QuantisedTensor>, job: Job): Promise<string> {
  const file = await open(path, 'w');
  try {
    const header: Record<string, unknown> = {};
    let end = 0;
    for await (const { name, dtype, shape, values } of tensors) {
      await breathe(job);
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      await file.write(bytes, 0, bytes.length, 8 + HEADER_BYTES + end);
      header[name] = { dtype, shape, data_offsets: [end, (end += bytes.length)] };
    }
    const json = Buffer.from(JSON.stringify(header).padEnd(HEADER_BYTES));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    if (json.length !== HEADER_BYTES) throw new RangeError('the header is longer than the room that was left for it');
    await file.sync();
    await file.write(Buffer.concat([length, json]), 0, 8 + json.length, 0);
  } finally {
    await file.close();
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}
