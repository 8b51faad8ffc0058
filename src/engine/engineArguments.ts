import { parseArgs } from 'node:util';

/** What the engine's process is told when it starts. */
export interface EngineArguments {
  /** Where encoded words, hashes of checkpoints and int8 weights are kept. Left out: they are not. */
  readonly cacheFolder?: string;
  /** Paths of example pictures. */
  readonly examples?: readonly string[];
  /** Half the memory for weights, slower. */
  readonly lowMemory?: boolean;
  /** Threads on the CPU. Left out: all cores but one. */
  readonly threads?: number;
}

export function writeArguments({ cacheFolder, examples = [], lowMemory, threads }: EngineArguments): string[] {
  return [
    ...(cacheFolder === undefined ? [] : [`--cache=${cacheFolder}`]),
    ...(lowMemory ? ['--low-memory'] : []),
    ...(threads === undefined ? [] : [`--threads=${threads}`]),
    ...['--', ...examples],
  ];
}

export function readArguments(args: readonly string[]): EngineArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { cache: { type: 'string' }, 'low-memory': { type: 'boolean' }, threads: { type: 'string' } },
    allowPositionals: true,
  });
  return {
    cacheFolder: values.cache,
    examples: positionals,
    lowMemory: values['low-memory'],
    threads: values.threads === undefined ? undefined : Number(values.threads),
  };
}
