import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineClient } from '../../engine/client';
import type { Machine } from '../../engine/devices/fingerprint';
import type { DeviceMemory, ProofKey } from '../../engine/devices/deviceMemory';
import { RUNTIME_VERSION } from '../../engine/devices/missingLibrary';
import type { Verdict } from '../../engine/devices/verdict';
import { executionKey } from '../../protocol/execution';
import { SELF_TEST_VERSION } from '../../protocol/selfTest';
import { Once } from '../models/once';
import type { Cuda } from './cuda';
import type { Known } from './decide';
import { cudaLibraries } from './deviceSettings';

export interface KnowledgeSources {
  readonly client: Pick<EngineClient, 'call'>;
  readonly memory: DeviceMemory;
  readonly cuda: Pick<Cuda, 'setup'>;
  readonly machine: () => Promise<Machine>;
}

/** What is known of a model on this machine. */
export interface KnownModel extends Known {
  /** See ModelInfo. */
  readonly identity: string;
}

interface Asked {
  readonly signal?: AbortSignal;
  /** How long to wait for what the system says of its devices; without it nothing is recalled. Left out: to its end. */
  readonly patienceMs?: number;
}

/** What is known of this machine and of how its devices do with a model. */
export class Knowledge {
  /** What failed at work in this window, by the model's identity. */
  private readonly failures = new Map<string, readonly Verdict[]>();
  private readonly described: Once<Machine>;
  private readonly listed: Once<readonly string[]>;

  constructor(private readonly sources: KnowledgeSources) {
    this.described = new Once(sources.machine);
    this.listed = new Once(() => sources.client.call('providers', {}));
  }

  /** The devices of this machine. */
  machine(): Promise<Machine> {
    return this.described.get();
  }

  /** @throws EngineError where the engine cannot read the model */
  async of(model: string, { signal, patienceMs }: Asked = {}): Promise<KnownModel> {
    const [listed, identity, machine] = await Promise.all([
      this.listed.get(),
      this.identityOf(model, signal),
      patienceMs === undefined ? this.machine() : this.machineWithin(patienceMs),
    ]);
    const remembered = machine ? await this.sources.memory.verdicts(this.keyOf(identity, machine)) : [];
    const verdicts = replaced(remembered, this.failures.get(identity) ?? []);
    const cuda = listed.includes('cuda') ? await this.sources.cuda.setup() : undefined;
    const unavailable = new Map(cuda && 'unavailable' in cuda ? [['cuda', cuda.unavailable]] : []);
    return { identity, listed, place: process, verdicts, unavailable };
  }

  /** Keeps verdicts in place of what was known of the same executions. */
  async remember({ identity }: KnownModel, verdicts: readonly Verdict[]): Promise<void> {
    this.failures.set(identity, without(this.failures.get(identity) ?? [], verdicts));
    await this.sources.memory.remember(this.keyOf(identity, await this.machine()), verdicts);
  }

  /** Keeps what failed at work: at once in this window, and for others as soon as the devices are known. */
  async fail({ identity }: KnownModel, failures: readonly Verdict[]): Promise<void> {
    this.failures.set(identity, replaced(this.failures.get(identity) ?? [], failures));
    const key = this.keyOf(identity, await this.machine());
    for (const { execution, reason = '' } of failures) await this.sources.memory.markFailed(key, execution, reason);
  }

  /** Where nothing is remembered, nobody needs to wait. */
  private async machineWithin(patienceMs: number): Promise<Machine | undefined> {
    if (await this.sources.memory.isEmpty()) return undefined;
    return Promise.race([this.machine(), sleep(patienceMs, undefined)]);
  }

  private async identityOf(model: string, signal?: AbortSignal): Promise<string> {
    return (await this.sources.client.call('describe', { model }, { signal })).identity;
  }

  private keyOf(model: string, { fingerprint }: Machine): ProofKey {
    // Other libraries are another driver.
    const machine = JSON.stringify([fingerprint, cudaLibraries()]);
    return { machine, runtime: RUNTIME_VERSION, model, selfTest: SELF_TEST_VERSION };
  }
}

/** With the newer verdicts in place of older ones on the same executions. */
export function replaced(older: readonly Verdict[], newer: readonly Verdict[]): Verdict[] {
  return [...without(older, newer), ...newer];
}

function without(verdicts: readonly Verdict[], others: readonly Verdict[]): Verdict[] {
  const keys = new Set(others.map(({ execution }) => executionKey(execution)));
  return verdicts.filter(({ execution }) => !keys.has(executionKey(execution)));
}
