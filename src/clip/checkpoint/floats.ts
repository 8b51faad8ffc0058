import type { FloatFormat } from './checkpoint';

/** Float32 values of little-endian bytes in one of the formats of a checkpoint; the runtime works nowhere else. */
export function toFloat32(bytes: Uint8Array, format: FloatFormat): Float32Array {
  // A copy where needed: a view must begin at a multiple of its values' size.
  const { buffer, byteOffset, byteLength } = byteOffsetIsEven(bytes) ? bytes : bytes.slice();
  if (format === 'F32') return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
  const words = new Uint16Array(buffer, byteOffset, byteLength / 2);
  const values = new Float32Array(words.length);
  if (format === 'F16') {
    const table = halves();
    for (let i = 0; i < words.length; i++) values[i] = table[words[i]!]!;
    return values;
  }
  // bfloat16 is the upper half of a float32.
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < words.length; i++) bits[i] = words[i]! << 16;
  return values;
}

function byteOffsetIsEven({ byteOffset }: Uint8Array): boolean {
  return byteOffset % 2 === 0;
}

let table: Float32Array | undefined;

/** All values of binary16 by their bits: checkpoints have a hundred million of them. */
function halves(): Float32Array {
  return (table ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => half(bits)));
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
