import { ModelError } from '../errors';

/** Numbers that a CLIP checkpoint may hold, and their size in bytes. Others are listed but never read. */
const BYTES_PER_VALUE: Readonly<Record<string, number>> = {
  F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I16: 2, I8: 1, U8: 1, BOOL: 1,
}; // prettier-ignore

/** One tensor of a safetensors file; `offset` counts from the start of the file. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
}

/** The header of a real checkpoint is some 100 kB; a larger claim is a broken or hostile file. */
const LONGEST_HEADER = 32 * 2 ** 20;

/**
 * How many bytes of JSON follow the first eight bytes of a safetensors file.
 * @throws ModelError when the file is too short to hold them.
 */
export function headerLength(start: Uint8Array, fileSize: number): number {
  if (start.length < 8 || fileSize < 8) throw new ModelError('The checkpoint is too short to be a safetensors file.');
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (length > LONGEST_HEADER || length > fileSize - 8) {
    throw new ModelError(
      `The checkpoint is not a whole safetensors file: its header claims ${length} bytes and the file has ${fileSize}.`,
      'Download the file again.',
    );
  }
  return length;
}

/**
 * The tensors of a safetensors file, from its header's JSON.
 * Shapes, sizes and offsets are checked against each other and against the file; nothing is read from it.
 * @throws ModelError naming the first tensor that does not fit.
 */
export function parseHeader(json: Uint8Array, fileSize: number): Map<string, StoredTensor> {
  const dataStart = 8 + json.length;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(readJson(json))) {
    if (name === '__metadata__') continue;
    tensors.set(name, checkedTensor(name, entry, dataStart, fileSize));
  }
  rejectOverlaps(tensors);
  return tensors;
}

function readJson(json: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw new ModelError('The header of the checkpoint is not JSON: this is not a safetensors file, or it is damaged.');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new ModelError('The header of the checkpoint is not a JSON object.');
  }
  return header as Record<string, unknown>;
}

function checkedTensor(name: string, entry: unknown, dataStart: number, fileSize: number): StoredTensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const isSize = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0;
  if (
    typeof dtype !== 'string' || !Array.isArray(shape) || !shape.every(isSize) ||
    !Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)
  ) {
    throw new ModelError(`The checkpoint describes tensor "${name}" in a way that cannot be read.`);
  } // prettier-ignore
  const bytes = BYTES_PER_VALUE[dtype];
  if (bytes === undefined) throw new ModelError(`Tensor "${name}" has the unknown number format ${dtype}.`);
  const [begin, end] = offsets as [number, number];
  if (begin > end || dataStart + end > fileSize) {
    throw new ModelError(
      `The checkpoint is cut off: tensor "${name}" ends at byte ${dataStart + end} of a file of ${fileSize}.`,
      'Download the file again.',
    );
  }
  const expected = shape.reduce((product: number, n: number) => product * n, bytes);
  if (end - begin !== expected) {
    throw new ModelError(
      `Tensor "${name}" has shape [${shape.join(', ')}] but ${end - begin} bytes instead of ${expected}.`,
    );
  }
  return { dtype, shape, offset: dataStart + begin, length: end - begin };
}

function rejectOverlaps(tensors: Map<string, StoredTensor>): void {
  const sorted = [...tensors].filter(([, t]) => t.length > 0).sort(([, a], [, b]) => a.offset - b.offset);
  for (let i = 1; i < sorted.length; i++) {
    const [[before, a], [after, b]] = [sorted[i - 1]!, sorted[i]!];
    if (a.offset + a.length > b.offset)
      throw new ModelError(`Tensors "${before}" and "${after}" overlap in the checkpoint.`);
  }
}
