import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A GPU as the system describes it; what it does not say is empty. */
export interface GraphicsCard {
  readonly vendor: string;
  /** Often the chip, e.g. `GA106 [GeForce RTX 3060]`. */
  readonly model: string;
  /** The product as its driver names it. */
  readonly name: string;
  readonly driverVersion: string;
  readonly deviceId: string;
  /** Memory of its own in MiB, or 0. */
  readonly memory: number;
}

const MOST_CARDS = 64;
const LONGEST_ANSWER = 2 ** 20;
const SCRIPT = `require(process.argv[1]).graphics().then((found) => process.stdout.write(JSON.stringify(found)))`;

/**
 * The machine's GPUs. The library asks the system's own programs and waits for some of them, so it does in a process
 * of its own.
 * @throws Error when that fails or takes longer than `deadlineMs`
 */
export async function graphicsCards(deadlineMs: number): Promise<GraphicsCard[]> {
  // The extension's own program runs as node then.
  const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  delete env['NODE_OPTIONS'];
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT, require.resolve('systeminformation')], {
    env,
    timeout: deadlineMs,
    killSignal: 'SIGKILL',
    maxBuffer: LONGEST_ANSWER,
    windowsHide: true,
  });
  return cardsFrom(JSON.parse(stdout));
}

/** The cards in an answer of the library, whatever else it holds. */
export function cardsFrom(answer: unknown): GraphicsCard[] {
  const controllers = (answer as { controllers?: unknown } | null)?.controllers;
  if (!Array.isArray(controllers)) return [];
  return controllers.slice(0, MOST_CARDS).map((value: unknown) => {
    const fields = (value ?? {}) as Record<string, unknown>;
    const text = (key: string) => (typeof fields[key] === 'string' ? fields[key].replace(/\s+/g, ' ').trim() : '');
    // Memory that is shared with the CPU says nothing about the card.
    const memory = fields['vramDynamic'] !== true && typeof fields['vram'] === 'number' ? fields['vram'] : 0;
    return {
      vendor: text('vendor'),
      model: text('model'),
      name: text('name'),
      driverVersion: text('driverVersion'),
      deviceId: text('deviceId'),
      memory,
    };
  });
}
