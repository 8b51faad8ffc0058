import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { encodeNpy } from '../../src/cli/npy';
import type { EngineClient } from '../../src/engine/client';
import type { EngineArguments } from '../../src/engine/engineArguments';
import { exampleImages } from '../../src/engine/exampleImages';
import type { ExplainRequest, Tensor } from '../../src/protocol/engine';
import { REFERENCE, type Execution, type Precision } from '../../src/protocol/execution';
import { EXAMPLES, startEngine } from '../fixtures/engine';
import { hasFastIntegers, type Machine } from './machine';
import type { Goal } from './measure';
import type { Pytorch } from './pytorch';
import type { Report } from './report';

/** What every section of the benchmark has at hand. */
export interface Bench {
  /** How often things are measured. */
  readonly rounds: number;
  readonly precisions: readonly Precision[];
  /** Model folder of a ViT-B/16 with formula weights. */
  readonly vitB16: string;
  /** Files of this run. */
  readonly scratch: string;
  readonly machine: Machine;
  /** Left out: nothing is compared with it. */
  readonly pytorch?: Pytorch;
  readonly report: Report;
}

export const pictures = readdirSync(EXAMPLES)
  .filter((name) => name.endsWith('.png'))
  .map((name) => join(EXAMPLES, name));

export function onCpu(precision: Precision): Execution {
  return { ...REFERENCE, precision };
}

/** An engine as the extension runs it: it keeps what it computes. */
export function startWithCache(bench: Bench, options: Pick<EngineArguments, 'lowMemory'> = {}): EngineClient {
  const { cores: threads } = bench.machine;
  const told = { cacheFolder: cacheFolder(bench), examples: calibrationPictures, threads, ...options };
  return startEngine({ arguments: told });
}

/** Pictures that show what int8 must leave room for. */
export const calibrationPictures = exampleImages(EXAMPLES).slice(0, 3);

export function cacheFolder({ scratch }: Bench): string {
  return join(scratch, 'cache');
}

/** One of the examples at 512 px with ViT-B/16. */
export function explainRequest({ vitB16 }: Bench, precision: Precision, prompts: readonly string[]): ExplainRequest {
  const [path] = pictures as [string];
  const image = { image: { path }, imageName: basename(path), size: 512 };
  return { ...onCpu(precision), ...image, model: vitB16, prompts, method: 'clip-surgery' };
}

/** int8 is only meant to be fast where the CPU has instructions for it. */
export function goalAgainstPytorch(bench: Bench, precision: Precision, times: number | undefined): Goal | undefined {
  const isMeant = bench.pytorch && times !== undefined && (precision !== 'int8' || hasFastIntegers(bench.machine));
  return isMeant ? { timesAsFast: times } : undefined;
}

/** Writes a tensor for PyTorch. */
export function npyFile({ scratch }: Bench, name: string, tensor: Tensor): string {
  const path = join(scratch, name);
  writeFileSync(path, encodeNpy(tensor));
  return path;
}
