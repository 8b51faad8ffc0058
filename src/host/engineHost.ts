import * as vscode from 'vscode';
import { EngineClient, type CallOptions, type EngineClientOptions, type EngineState } from '../engine/client';
import type { EngineArguments } from '../engine/engineArguments';
import { exampleImages } from '../engine/exampleImages';
import type { ExplainRequest } from '../protocol/engine';
import type { Explanation } from '../protocol/explanation';
import { Devices, type DeviceStandIns } from './devices/devices';
import { isLowMemory } from './devices/deviceSettings';
import { explainAnyway } from './devices/explainAnyway';
import { Models } from './models/models';
import { PromptChecks } from './vocabulary/promptChecks';

/** Long enough that a break for coffee does not cost the caches, short enough to give the memory back. */
const IDLE_MS = 10 * 60_000;

/** The one engine of this window, the models that it explains with, and the devices that it computes on. */
export class EngineHost implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<EngineState>();
  readonly client: EngineClient;
  readonly devices: Devices;
  readonly models: Models;
  readonly promptChecks: PromptChecks;
  readonly onState = this.changed.event;

  constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'asAbsolutePath' | 'globalStorageUri'>,
    log: vscode.LogOutputChannel,
    standIns?: DeviceStandIns,
  ) {
    const entry = context.asAbsolutePath('dist/engine.js');
    const told = () => this.engineArguments();
    this.client = new EngineClient({
      entry,
      arguments: told,
      env: () => this.devices.startEngine(),
      idleMs: IDLE_MS,
      log: (level, message) => log[level](message),
      onState: (state) => {
        log.debug(`engine ${state}`);
        this.changed.fire(state);
      },
    });
    // What goes wrong in a test is what it finds, not a reason to worry.
    const tested = (): EngineClientOptions => ({ entry, arguments: told, log: (_, message) => log.debug(message) });
    const storage = context.globalStorageUri.fsPath;
    this.devices = new Devices({ client: this.client, engine: tested, storage, log }, standIns);
    this.promptChecks = new PromptChecks(this.client);
    this.models = new Models(context, (model) => this.client.call('describe', { model }));
  }

  /** Explains on the device of the settings; where that fails, on the next best. @throws EngineError */
  explain(request: ExplainRequest, options?: CallOptions): Promise<Explanation> {
    return explainAnyway(this, request, options);
  }

  dispose(): void {
    this.devices.dispose();
    this.client.dispose();
    this.models.dispose();
    this.changed.dispose();
  }

  private engineArguments(): EngineArguments {
    return {
      cacheFolder: vscode.Uri.joinPath(this.context.globalStorageUri, 'cache').fsPath,
      examples: exampleImages(this.context.asAbsolutePath('examples')),
      lowMemory: isLowMemory(),
    };
  }
}
