import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { env } from 'onnxruntime-node';

/** What the figures depend on, beside the code. */
export interface Machine {
  readonly cpu: string;
  /** The engine and PyTorch have a thread for each. */
  readonly cores: number;
  readonly memoryGb: number;
  readonly platform: string;
  /** Instructions for products of int8 values. */
  readonly int8Instructions: readonly string[] | 'unknown';
  readonly node: string;
  readonly onnxruntime?: string;
}

const INT8_FLAGS = ['avx_vnni', 'avx512_vnni', 'amx_int8', 'asimddp', 'i8mm'];

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform}-${process.arch}`,
    int8Instructions: int8Instructions(),
    node: process.versions.node,
    onnxruntime: env.versions.node ?? env.versions.common,
  };
}

export function hasFastIntegers({ int8Instructions }: Machine): boolean {
  return int8Instructions !== 'unknown' && int8Instructions.length > 0;
}

function int8Instructions(): Machine['int8Instructions'] {
  if (process.platform !== 'linux') return 'unknown';
  const [, flags = ''] = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8')) ?? [];
  const known = flags.trim().split(/\s+/);
  return INT8_FLAGS.filter((flag) => known.includes(flag));
}
