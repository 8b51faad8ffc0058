import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { TensorRef } from '../clip/checkpoint/checkpoint';
import { toFloat32 } from '../clip/checkpoint/floats';
import { ModelError } from '../clip/errors';

/** The values of one tensor as float32. @throws ModelError when the file ends before them. */
export async function readTensor(folder: string, tensor: TensorRef): Promise<Float32Array> {
  return withFile(folder, tensor, (file) => readSpan(file, tensor, tensor.offset, tensor.length));
}

/**
 * Some rows of a tensor `[rows, width]` as float32, each by itself.
 * @throws ModelError when the file ends before one of them.
 */
export async function readRows(folder: string, tensor: TensorRef, rows: readonly number[]): Promise<Float32Array[]> {
  const length = tensor.length / tensor.shape[0]!;
  return withFile(folder, tensor, (file) =>
    Promise.all(rows.map((row) => readSpan(file, tensor, tensor.offset + row * length, length))),
  );
}

async function withFile<T>(folder: string, tensor: TensorRef, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(join(folder, tensor.file));
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function readSpan(
  file: FileHandle,
  { format }: TensorRef,
  offset: number,
  length: number,
): Promise<Float32Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  if (bytesRead === length) return toFloat32(bytes, format);
  throw new ModelError('The checkpoint became shorter while it was in use.', 'Download it again.');
}
