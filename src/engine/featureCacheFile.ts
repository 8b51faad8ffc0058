import { createHash } from 'node:crypto';

/** The digit is raised with whatever changes the features of the same key. */
const MAGIC = Buffer.from('CSF2', 'latin1');
const DIGEST_BYTES = 32;
const HEADER_BYTES = MAGIC.length + 4 + DIGEST_BYTES;

/** Bytes of a file: the magic, how many values, the SHA-256 of key and values, then float32 as in memory, little-endian wherever the runtime works. */
export function encodeFeatures(key: string, features: Float32Array): Uint8Array {
  const bytes = Buffer.alloc(HEADER_BYTES + features.length * 4);
  bytes.set(MAGIC);
  bytes.writeUInt32LE(features.length, MAGIC.length);
  bytes.set(new Uint8Array(features.buffer, features.byteOffset, features.byteLength), HEADER_BYTES);
  bytes.set(digestOf(key, bytes.subarray(HEADER_BYTES)), HEADER_BYTES - DIGEST_BYTES);
  return bytes;
}

/** The features, or undefined unless this is the whole file of that key with nothing but finite values. */
export function decodeFeatures(key: string, bytes: Buffer): Float32Array | undefined {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const count = bytes.readUInt32LE(MAGIC.length);
  const values = bytes.subarray(HEADER_BYTES);
  if (count === 0 || values.length !== count * 4) return undefined;
  if (!digestOf(key, values).equals(bytes.subarray(HEADER_BYTES - DIGEST_BYTES, HEADER_BYTES))) return undefined;
  // A copy: a view must begin at a multiple of four bytes.
  const features = new Float32Array(Uint8Array.from(values).buffer);
  return features.every(Number.isFinite) ? features : undefined;
}

/** Of the key as well: a file under a wrong name is no answer. */
function digestOf(key: string, values: Uint8Array): Buffer {
  return createHash('sha256').update(key).update('\0').update(values).digest();
}
