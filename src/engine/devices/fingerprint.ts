import os from 'node:os';
import { graphicsCards, type GraphicsCard } from './graphicsCards';
import { linuxDrivers, type LinuxDrivers } from './linuxDrivers';

const DEADLINE_MS = 10_000;

/** The devices of a machine, and what drives them. */
export interface Machine {
  /** The same text as long as devices and drivers are the same. */
  readonly fingerprint: string;
  /** For people, e.g. `AMD EPYC 7763 64-Core Processor`. */
  readonly cpu: string;
  /** For people, e.g. `NVIDIA GeForce RTX 3060`; the one with the most memory first. */
  readonly gpus: readonly string[];
}

/** Where the facts are from. */
export interface MachineSource {
  readonly system: Pick<typeof os, 'platform' | 'arch' | 'release' | 'cpus'>;
  readonly env: NodeJS.ProcessEnv;
  readonly cards: (deadlineMs: number) => Promise<readonly GraphicsCard[]>;
  readonly drivers: () => Promise<LinuxDrivers>;
}

const THIS_MACHINE: MachineSource = { system: os, env: process.env, cards: graphicsCards, drivers: linuxDrivers };
/** They choose Vulkan's drivers. */
const VARIABLES = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES', 'CUDA_VISIBLE_DEVICES'];
const MAKERS: readonly [RegExp, string][] = [
  [/nvidia/i, 'NVIDIA'],
  [/advanced micro|\bamd\b/i, 'AMD'],
  [/intel/i, 'Intel'],
  [/apple/i, 'Apple'],
];

/** Never fails: what the machine does not tell in time is left out. */
export async function describeMachine(source = THIS_MACHINE, deadlineMs = DEADLINE_MS): Promise<Machine> {
  const { system, env } = source;
  const [cards, linux] = await Promise.all([
    inTime(() => source.cards(deadlineMs), deadlineMs),
    system.platform() === 'linux' ? inTime(source.drivers, deadlineMs) : undefined,
  ]);
  const cpus = system.cpus();
  const cpu = cpus[0]?.model.trim() ?? '';
  const facts = [
    // The release stands for drivers that come with the system.
    [system.platform(), system.arch(), system.release()],
    [cpu, cpus.length],
    cards
      ?.map(({ vendor, model, name, driverVersion, deviceId }) =>
        [vendor, model, name, driverVersion, deviceId].join('|'),
      )
      .sort() ?? 'unknown',
    linux?.drivers ?? [],
    VARIABLES.map((name) => env[name] ?? ''),
  ];
  return {
    fingerprint: JSON.stringify(facts),
    cpu: cpuName(cpu) || `${system.arch()} processor`,
    gpus: gpuNames(cards ?? [], linux?.gpus ?? []),
  };
}

/** The device that a provider computes on, for people; undefined where the machine does not tell. */
export function deviceName({ cpu, gpus }: Machine, provider: string): string | undefined {
  if (provider === 'cpu') return cpu;
  if (provider === 'cuda') return gpus.find((name) => /nvidia/i.test(name));
  return gpus[0];
}

/** What is asked for, or undefined when that fails or takes longer. */
async function inTime<T>(ask: () => Promise<T>, deadlineMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), deadlineMs);
  });
  const asked = (async () => ask())().catch(() => undefined);
  const answer = await Promise.race([asked, late]);
  clearTimeout(timer);
  return answer;
}

/** Without marks and clock rates. */
function cpuName(model: string): string {
  return model
    .replace(/\((R|TM|C)\)/gi, '')
    .replace(/( CPU)? @.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function gpuNames(cards: readonly GraphicsCard[], others: readonly string[]): string[] {
  // Windows lists displays of remote sessions and its own stand-ins among the cards.
  const real = cards.filter(({ vendor, model }) => !/microsoft/i.test(`${vendor} ${model}`));
  const names = [...real].sort((a, b) => b.memory - a.memory).map(gpuName);
  const known = names.filter((name) => name !== '');
  return [...new Set(known.length > 0 ? known : others)];
}

/** The product with its maker, e.g. `NVIDIA GeForce RTX 3060` for the chip `GA106 [GeForce RTX 3060]`. */
function gpuName({ vendor, model, name }: GraphicsCard): string {
  const product = name || /\[([^\]]+)\]/.exec(model)?.[1] || model;
  const maker = MAKERS.find(([pattern]) => pattern.test(vendor))?.[1];
  if (product === '' || maker === undefined || product.toLowerCase().includes(maker.toLowerCase())) return product;
  return `${maker} ${product}`;
}
