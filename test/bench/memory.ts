import { readFileSync } from 'node:fs';
import { inTurn, timed, type Figure } from './measure';
import { explainRequest, startWithCache, type Bench } from './setup';

/** MB of a running process; undefined where the system does not tell. */
export interface ProcessMemory {
  /** The most at once since it started, pages of mapped files included. */
  readonly peak: number;
  /** What it has now for itself: weights that are mapped from a file are not in it. */
  readonly own: number;
}

export function memoryOf(pid: number): ProcessMemory | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (entry: string) => Number(new RegExp(`^${entry}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
  return { peak: megabytes('VmHWM'), own: megabytes('RssAnon') };
}

/** Processes that do nothing but explain one picture at 512 px with ViT-B/16. */
export async function benchMemory(bench: Bench): Promise<void> {
  const kinds = bench.precisions.flatMap((precision) =>
    [false, true].map((lowMemory) => ({ precision, lowMemory, found: [] as ProcessMemory[] })),
  );
  const times = await inTurn(
    Math.ceil(bench.rounds / 3),
    kinds.map(({ precision, lowMemory, found }) => ({
      name: `${nameOf(precision, lowMemory)}: first map, from a standing start`,
      run: async (round) => {
        const engine = startWithCache(bench, { lowMemory });
        try {
          const word = `word ${round} of ${nameOf(precision, lowMemory)}`;
          const time = await timed(() => engine.call('explain', explainRequest(bench, precision, [word])));
          const memory = memoryOf(engine.pid!);
          if (memory) found.push(memory);
          return time;
        } finally {
          engine.dispose();
        }
      },
    })),
  );
  const figures = kinds.flatMap(({ precision, lowMemory, found }, i): Figure[] => {
    const name = nameOf(precision, lowMemory);
    if (found.length === 0) return [times[i]!];
    return [
      times[i]!,
      { name: `${name}: peak memory`, unit: 'MB', values: found.map(({ peak }) => peak) },
      { name: `${name}: memory of its own`, unit: 'MB', values: found.map(({ own }) => own) },
    ];
  });
  bench.report.add({ title: 'Processes that explain one picture at 512 px with ViT-B/16', figures });
}

function nameOf(precision: string, lowMemory: boolean): string {
  return `${precision}${lowMemory ? ', low memory' : ''}`;
}
