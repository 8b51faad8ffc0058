import * as vscode from 'vscode';
import { EngineClient, type EngineState } from '../engine/client';
import { Models } from './models/models';
import { PromptChecks } from './vocabulary/promptChecks';

/** Long enough that a break for coffee does not cost the caches, short enough to give the memory back. */
const IDLE_MS = 10 * 60_000;

/** The one engine of this window, and the models that it explains with. */
export class EngineHost implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<EngineState>();
  readonly client: EngineClient;
  readonly models: Models;
  readonly promptChecks: PromptChecks;
  readonly onState = this.changed.event;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.client = new EngineClient({
      entry: context.asAbsolutePath('dist/engine.js'),
      arguments: { cacheFolder: vscode.Uri.joinPath(context.globalStorageUri, 'cache').fsPath },
      idleMs: IDLE_MS,
      log: (level, message) => log[level](message),
      onState: (state) => {
        log.debug(`engine ${state}`);
        this.changed.fire(state);
      },
    });
    this.promptChecks = new PromptChecks(this.client);
    this.models = new Models(context, (model) => this.client.call('describe', { model }));
  }

  dispose(): void {
    this.client.dispose();
    this.models.dispose();
    this.changed.dispose();
  }
}
