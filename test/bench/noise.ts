import type { Tensor } from '../../src/protocol/engine';
import { unitRows } from '../../src/clip/explanation/unitRows';
import { fill } from '../fixtures/formula';

/** Reproducible values around 0, about as large as normalised pixels are. */
export function noise(name: string, dims: readonly number[]): Tensor {
  return { dims, data: fill({ name, shape: dims, scale: 4, offset: 0, bits: 16 }) };
}

/** Rows of unit length. */
export function noisyRows(name: string, rows: number, width: number): Tensor {
  const { dims, data } = noise(name, [rows, width]);
  return { dims, data: unitRows(data, width) };
}
