import * as vscode from 'vscode';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeviceChoice } from '../../engine/devices/candidates';
import type { EngineClient, EngineClientOptions } from '../../engine/client';
import { DeviceMemory } from '../../engine/devices/deviceMemory';
import { describeMachine, type Machine } from '../../engine/devices/fingerprint';
import type { EngineFor } from '../../engine/devices/prover';
import type { Verdict } from '../../engine/devices/verdict';
import { REFERENCE, type Execution } from '../../protocol/execution';
import { Cuda } from './cuda';
import { decide, type Decision, type Device, type Known } from './decide';
import { AUTOMATIC, concernsDevices, concernsEngine, deviceChoice } from './deviceSettings';
import { Knowledge, replaced, type KnownModel } from './knowledge';
import { Proofs, type ProofRequest, type RunningProof } from './proofs';
import { tellReplaced } from './telling';

/** After the first answer, so that a proof is not in the way of who has just begun to look. */
const PROOF_DELAY_MS = 5_000;
/** The first map does not wait longer than that for what the system says of its devices: the CPU makes it then. */
const MACHINE_PATIENCE_MS = 1_000;

export interface DevicesOptions {
  readonly client: Pick<EngineClient, 'call' | 'restart' | 'state'>;
  /** How a process for a test is started. */
  readonly engine: () => EngineClientOptions;
  /** A folder of the extension's own. */
  readonly storage: string;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'warn'>;
}

/** What tests put in place of the machine. */
export interface DeviceStandIns {
  /** Milliseconds between the first answer and the proof; infinite: nothing is proven by itself. */
  readonly proofDelayMs?: number;
  readonly machine?: () => Promise<Machine>;
  readonly engineFor?: (execution: Execution) => EngineFor;
}

/** All that a choice of devices shows. */
export interface DeviceOverview {
  readonly known: Known;
  readonly machine: Machine;
  readonly choice: DeviceChoice;
  /** What computes the next answer, and what would if it were left to us. */
  readonly now: Execution;
  readonly automatic: Execution;
  readonly running?: RunningProof;
}

/** What computes. Nothing of the machine is looked at before somebody asks. */
export class Devices implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly cuda: Cuda;
  private readonly knowledge: Knowledge;
  private readonly proofs: Proofs;
  /** Devices that were told not to work. */
  private readonly told = new Set<string>();
  /** What a proof in the background was begun for. */
  private readonly begun = new Set<string>();
  private readonly end = new AbortController();
  private subscription?: vscode.Disposable;
  /** What is used, known or tested may differ now. */
  readonly onDidChange = this.changed.event;
  /** What made the last answer. */
  used?: Execution;

  constructor(
    private readonly options: DevicesOptions,
    private readonly standIns: DeviceStandIns = {},
  ) {
    const { client, storage, log, engine } = options;
    const inStorage = (name: string) => vscode.Uri.joinPath(vscode.Uri.file(storage), name).fsPath;
    const memory = new DeviceMemory(inStorage('devices.json'), (message) => log.warn(message));
    this.cuda = new Cuda(engine().entry, inStorage('cuda'));
    const { machine = () => describeMachine() } = standIns;
    this.knowledge = new Knowledge({ client, memory, cuda: this.cuda, machine });
    this.proofs = new Proofs({
      knowledge: this.knowledge,
      engineFor: (execution) => this.engineFor(execution),
      log,
      onChange: () => this.changed.fire(),
    });
  }

  /** The environment of the window's engine, which starts now: what it is started with is watched from here on. */
  startEngine(): Readonly<Record<string, string>> {
    this.subscription ??= vscode.workspace.onDidChangeConfiguration((change) => {
      if (concernsEngine(change)) {
        this.cuda.forget();
        this.options.client.restart();
      }
      if (concernsEngine(change) || concernsDevices(change)) this.changed.fire();
    });
    if (isOpen(deviceChoice())) void this.knowledge.machine();
    return this.cuda.start();
  }

  /** The test of what devices can do that is at work. */
  get running(): RunningProof | undefined {
    return this.proofs.running;
  }

  /** Whether the window closes: what fails then is no device's fault. */
  get isDisposed(): boolean {
    return this.end.signal.aborted;
  }

  /**
   * What computes the next answer of a model; waits for no proof.
   * @param failures what failed already for the same request
   * @throws EngineError where the engine cannot read the model
   */
  async current(
    model: string,
    failures: readonly Verdict[] = [],
    signal?: AbortSignal,
  ): Promise<Decision & { readonly known?: KnownModel }> {
    const choice = deviceChoice();
    if (choice.provider === REFERENCE.provider && choice.precision === REFERENCE.precision) {
      return { execution: REFERENCE };
    }
    const remembered = await this.knowledge.of(model, { signal, patienceMs: MACHINE_PATIENCE_MS });
    const known = { ...remembered, verdicts: replaced(remembered.verdicts, failures) };
    const decision = decide(known, choice);
    if (decision.execution.provider === 'cuda') await this.cuda.prepareEngine(this.options.client);
    return { ...decision, known };
  }

  /** An execution answered; what is open is tested in the background after the first answer of a model. */
  answered(model: string, execution: Execution): void {
    this.used = execution;
    this.changed.fire();
    const choice = deviceChoice();
    const work = JSON.stringify([model, choice]);
    if (!isOpen(choice) || this.begun.has(work)) return;
    this.begun.add(work);
    void this.proveLater({ model, choice });
  }

  /** Keeps that these failed at work. */
  failed(known: KnownModel, failures: readonly Verdict[]): void {
    void this.knowledge.fail(known, failures);
    this.changed.fire();
  }

  /** Says that something else computes, once for each device. */
  tell(of: Device, about: { readonly reason: string; readonly worked: boolean; readonly by: Execution }): void {
    if (this.told.has(of.provider)) return;
    this.told.add(of.provider);
    tellReplaced({ of, ...about });
  }

  /** Tests what nothing is known of, or everything again, which also forgets what failed. */
  async test(request: ProofRequest): Promise<void> {
    if (request.again) this.told.clear();
    await this.proofs.prove(request);
  }

  async overview(model: string): Promise<DeviceOverview> {
    const [known, machine] = await Promise.all([this.knowledge.of(model), this.knowledge.machine()]);
    const choice = deviceChoice();
    const { running } = this.proofs;
    return {
      known,
      machine,
      choice,
      now: decide(known, choice).execution,
      automatic: decide(known, AUTOMATIC).execution,
      running: running?.model === model ? running : undefined,
    };
  }

  dispose(): void {
    this.end.abort();
    this.proofs.dispose();
    this.subscription?.dispose();
    this.changed.dispose();
  }

  private async proveLater(request: ProofRequest): Promise<void> {
    const { proofDelayMs = PROOF_DELAY_MS } = this.standIns;
    if (proofDelayMs === Infinity) return;
    const { client } = this.options;
    try {
      do await sleep(proofDelayMs, undefined, { signal: this.end.signal, ref: false });
      while (client.state === 'busy' || client.state === 'starting');
    } catch {
      return; // the window closes
    }
    await this.proofs.prove(request);
  }

  private async engineFor(execution: Execution): Promise<EngineFor> {
    const standIn = this.standIns.engineFor?.(execution);
    if (standIn) return standIn;
    const engine = this.options.engine();
    if (execution.provider !== 'cuda') return engine;
    const setup = await this.cuda.setup();
    return 'env' in setup ? { ...engine, env: setup.env } : setup;
  }
}

/** Whether something is left to us. */
function isOpen({ provider, precision }: DeviceChoice): boolean {
  return provider === AUTOMATIC.provider || precision === AUTOMATIC.precision;
}
