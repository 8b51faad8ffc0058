import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { EngineClientOptions } from '../../../src/engine/client';
import type { Machine } from '../../../src/engine/devices/fingerprint';
import type { EngineError } from '../../../src/engine/failure';
import { EngineHost } from '../../../src/host/engineHost';
import { executionKey, REFERENCE, type Execution } from '../../../src/protocol/execution';
import type { ExplainRequest } from '../../../src/protocol/engine';
import type { Explanation } from '../../../src/protocol/explanation';
import { workspaceFile } from '../fixtures';
import { User } from '../models/user';

export const INT8: Execution = { provider: 'cpu', precision: 'int8', attention: 'fused' };
export const on = (
  provider: string,
  precision: 'fp16' | 'fp32',
  attention: 'fused' | 'plain' = 'plain',
): Execution => ({
  provider,
  precision,
  attention,
});
export const MACHINE: Machine = { fingerprint: 'a machine', cpu: 'Some CPU', gpus: ['Some GPU'] };
const NO_HALVES = { code: 'provider', message: 'MatMul requires f16 but the device does not support it.' } as const;

const extensionPath = () => vscode.extensions.getExtension('clip-surgery.clip-surgery')!.extensionPath;

/** How an execution does in a test: its milliseconds, or what comes instead of an answer. */
export type Doing = number | 'hangs' | 'aborts' | 'wrong' | typeof NO_HALVES;

/** A machine with devices that do as a test says: in proofs, which have processes of their own, and at work. */
export class TestMachine {
  readonly storage = mkdtempSync(path.join(os.tmpdir(), 'clip-surgery-devices-'));
  private readonly traces = path.join(this.storage, 'traces');
  private readonly hosts: (EngineHost & { log: vscode.LogOutputChannel })[] = [];
  /** In proofs, by execution; what is not named fails. */
  proves: Readonly<Record<string, Doing>> = { [executionKey(REFERENCE)]: 100 };
  /** What fails at work, by provider. */
  fails: Readonly<Record<string, EngineError>> = {};
  /** What the engine was asked to explain on. */
  readonly asked: Execution[] = [];
  user = new User();

  /** A window: all of them know what the others found. */
  open(proofDelayMs = 10, machine = MACHINE): EngineHost {
    const log = vscode.window.createOutputChannel(`test ${path.basename(this.storage)} ${this.hosts.length}`, {
      log: true,
    });
    const context = {
      asAbsolutePath: (name: string) => path.join(extensionPath(), name),
      globalStorageUri: vscode.Uri.file(this.storage),
    };
    const engineFor = (execution: Execution) => this.child(execution);
    const host = new EngineHost(context, log, { proofDelayMs, machine: () => Promise.resolve(machine), engineFor });
    this.hosts.push(Object.assign(host, { log }));
    this.watch(host);
    return host;
  }

  remove(): void {
    this.user.leave();
    for (const host of this.hosts) {
      host.dispose();
      host.log.dispose();
    }
    rmSync(this.storage, { recursive: true, force: true });
  }

  /** Ids of the processes that were started for tests. */
  tested(): number[] {
    try {
      return readdirSync(this.traces).map(Number);
    } catch {
      return [];
    }
  }

  /** Explains a picture. */
  explain(host: EngineHost, request: Partial<ExplainRequest> = {}): Promise<Explanation> {
    return host.explain({
      image: { path: workspaceFile('living-room.png').fsPath },
      imageName: 'living-room.png',
      model: path.join(extensionPath(), 'models/demo'),
      prompts: ['teddy bear', 'cat'],
      method: 'clip-surgery',
      templates: 'none',
      size: 64,
      ...request,
    });
  }

  /** Waits until nothing is tested and all that was found is kept. */
  async proven(host: EngineHost): Promise<void> {
    await new Promise<void>((resolve) => {
      let hasBegun = false;
      const look = () => {
        if (host.devices.running) hasBegun = true;
        else if (hasBegun) resolve();
      };
      host.devices.onDidChange(look);
      look();
    });
  }

  /** At work GPUs are played by the CPU. */
  private watch({ client }: EngineHost): void {
    const call = client.call.bind(client);
    client.call = async (method, request, options) => {
      if (method !== 'explain') return call(method, request, options);
      const { provider, precision, attention, ...rest } = request as ExplainRequest & Execution;
      this.asked.push({ provider, precision, attention });
      const failure = this.fails[provider];
      if (failure) throw failure;
      if (provider === 'cpu') return call(method, request, options);
      const answer = (await call('explain', rest, options)) satisfies Explanation;
      return { ...answer, provider, precision } as never;
    };
  }

  private child(execution: Execution): EngineClientOptions {
    const doing = this.proves[executionKey(execution)] ?? NO_HALVES;
    const [name, env] =
      typeof doing === 'number'
        ? (['works', { MILLISECONDS: String(doing) }] as const)
        : typeof doing === 'object'
          ? (['fails', { FAILURE: JSON.stringify(doing) }] as const)
          : ([doing, {}] as const);
    mkdirSync(this.traces, { recursive: true });
    return {
      entry: path.join(extensionPath(), `test/fixtures/children/${name}.mjs`),
      env: { TRACES: this.traces, ...env },
    };
  }
}

/** Environment and arguments of a process, as the system knows them. */
export function processFacts(pid: number): { readonly env: string; readonly args: string } {
  const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8').replaceAll('\0', '\n');
  return { env: read('environ'), args: read('cmdline') };
}
