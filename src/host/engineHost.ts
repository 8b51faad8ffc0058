import * as vscode from 'vscode';
import { EngineClient, type EngineState } from '../engine/client';
import type { ModelInfo } from '../protocol/engine';

/** Long enough that a break for coffee does not cost the caches, short enough to give the memory back. */
const IDLE_MS = 10 * 60_000;

/** The one engine of this window, and the model that it explains with. */
export class EngineHost implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<EngineState>();
  private modelInfo?: Promise<ModelInfo>;
  readonly client: EngineClient;
  readonly onState = this.changed.event;
  /** Folder of the embedded model. */
  readonly model: string;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.model = context.asAbsolutePath('models/demo');
    this.client = new EngineClient({
      entry: context.asAbsolutePath('dist/engine.js'),
      idleMs: IDLE_MS,
      log: (level, message) => log[level](message),
      onState: (state) => {
        log.debug(`engine ${state}`);
        this.changed.fire(state);
      },
    });
  }

  /** What the model is; asked once, and again after a failure. */
  describeModel(): Promise<ModelInfo> {
    this.modelInfo ??= this.client.call('describe', { model: this.model }).catch((error: unknown) => {
      this.modelInfo = undefined;
      throw error;
    });
    return this.modelInfo;
  }

  dispose(): void {
    this.client.dispose();
    this.changed.dispose();
  }
}
