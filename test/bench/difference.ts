import { readFileSync } from 'node:fs';
import { decodeNpy } from '../../src/cli/npy';
import { relativeDifference } from '../../src/engine/selfTest/difference';
import type { Precision } from '../../src/protocol/execution';
import type { Figure } from './measure';

/** Other orders of float32 sums, through twelve blocks. */
const SAME = 1e-4;

/** How answers differ from PyTorch's: ratios of times are worth nothing where something else is computed. */
export function differenceOf(precision: Precision, answer: Float32Array, published: Float32Array): Figure {
  return {
    name: `${precision}: difference from PyTorch's answer`,
    unit: 'relative',
    values: [relativeDifference(answer, published)],
    goal: precision === 'fp32' ? { atMost: SAME } : undefined,
  };
}

/** What PyTorch saved. */
export function savedAnswer(path: string): Float32Array {
  return decodeNpy(readFileSync(path)).data;
}
