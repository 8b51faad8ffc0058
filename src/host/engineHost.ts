import * as vscode from 'vscode';
import { EngineClient, type EngineState } from '../engine/client';
import type { ModelInfo } from '../protocol/engine';

/** Long enough that a break for coffee does not cost the caches, short enough to give the memory back. */
const IDLE_MS = 10 * 60_000;

/** The one engine of this window, and the model that it explains with. */
export class EngineHost implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<EngineState>();
  private modelInfo?: Promise<ModelInfo>;
  /** What the model is, once somebody needed it. */
  knownModel?: ModelInfo;
  readonly client: EngineClient;
  readonly onState = this.changed.event;
  /** The embedded model: its name, and its folder. */
  readonly modelId = 'demo';
  readonly model: string;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.model = context.asAbsolutePath(`models/${this.modelId}`);
    this.client = new EngineClient({
      entry: context.asAbsolutePath('dist/engine.js'),
      cacheFolder: vscode.Uri.joinPath(context.globalStorageUri, 'text-features').fsPath,
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
    return (this.modelInfo ??= this.describe());
  }

  private async describe(): Promise<ModelInfo> {
    try {
      return (this.knownModel = await this.client.call('describe', { model: this.model }));
    } catch (error) {
      this.modelInfo = undefined;
      throw error;
    }
  }

  dispose(): void {
    this.client.dispose();
    this.changed.dispose();
  }
}
