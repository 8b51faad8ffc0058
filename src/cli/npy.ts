import type { Tensor } from '../protocol/engine';

const MAGIC = '\x93NUMPY';

/** A float32 array as the bytes of an .npy file (version 1.0, C order, little-endian). */
export function encodeNpy({ dims, data }: Tensor): Uint8Array {
  const shape = dims.length === 1 ? `${dims[0]},` : dims.join(', ');
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape}), }`;
  // The header ends with a newline and fills up to a multiple of 64 bytes.
  const header = text.padEnd(Math.ceil((10 + text.length + 1) / 64) * 64 - 10 - 1) + '\n';
  const bytes = new Uint8Array(10 + header.length + data.length * 4);
  const view = new DataView(bytes.buffer);
  bytes.set(Buffer.from(`${MAGIC}\x01\x00`, 'latin1'));
  view.setUint16(8, header.length, true);
  bytes.set(Buffer.from(header, 'latin1'), 10);
  data.forEach((value, i) => view.setFloat32(10 + header.length + i * 4, value, true));
  return bytes;
}

/**
 * Reads a float32 array in C order.
 * @throws RangeError when the bytes are something else.
 */
export function decodeNpy(bytes: Uint8Array): Tensor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== MAGIC) {
    throw new RangeError('This is not an .npy file.');
  }
  const isFirstVersion = view.getUint8(6) === 1;
  const start = isFirstVersion ? 10 : 12;
  const length = isFirstVersion ? view.getUint16(8, true) : view.getUint32(8, true);
  const header = Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
  const [, shape] = /'shape':\s*\(([^)]*)\)/.exec(header) ?? [];
  if (!header.includes("'<f4'") || !/'fortran_order':\s*False/.test(header) || shape === undefined) {
    throw new RangeError('The .npy file must hold float32 values in C order.');
  }
  const dims = shape.split(',').map((part) => part.trim()).filter(Boolean).map(Number); // prettier-ignore
  const count = dims.reduce((a, b) => a * b, 1);
  const from = start + length;
  if (bytes.length < from + count * 4) throw new RangeError('The .npy file is cut off.');
  return { dims, data: Float32Array.from({ length: count }, (_, i) => view.getFloat32(from + i * 4, true)) };
}
