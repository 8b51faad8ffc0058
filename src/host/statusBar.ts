import * as vscode from 'vscode';
import type { EngineState } from '../engine/client';
import type { EngineHost } from './engineHost';

/** Model and device, spinning while the engine works; a click chooses the model. Shown once the engine was needed. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('clipSurgery.status', vscode.StatusBarAlignment.Right, 100);
  private readonly subscriptions: readonly vscode.Disposable[];
  private modelName?: string;

  constructor(private readonly engine: EngineHost) {
    this.item.name = 'CLIP Surgery';
    this.item.command = 'clipSurgery.selectModel';
    this.subscriptions = [
      engine.onState((state) => void this.show(state)),
      engine.models.onDidChange(() => void this.rename()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions, this.item).dispose();
  }

  private async show(state: EngineState): Promise<void> {
    const working = state === 'starting' || state === 'busy';
    this.item.text = `${working ? '$(loading~spin)' : state === 'crashed' ? '$(warning)' : '$(eye)'} ${this.modelName ?? 'CLIP'} · CPU`;
    this.item.tooltip = describe(state);
    this.item.show();
    if (this.modelName === undefined && state === 'ready') await this.rename();
  }

  /** Asks what the model is called, once there is something to call. */
  private async rename(): Promise<void> {
    const { client, models } = this.engine;
    if (client.state === 'stopped' && this.modelName === undefined) return;
    const info = await models.info().catch(() => undefined);
    if (!info || info.name === this.modelName) return;
    this.modelName = info.name;
    await this.show(client.state);
  }
}

function describe(state: EngineState): string {
  const { t } = vscode.l10n;
  switch (state) {
    case 'starting':
      return t('CLIP Surgery: the engine is starting. Click to choose the model.');
    case 'busy':
      return t('CLIP Surgery: working. Click to choose the model.');
    case 'ready':
      return t('CLIP Surgery: ready. Click to choose the model.');
    case 'stopped':
      return t('CLIP Surgery: the engine rests and starts again when it is needed. Click to choose the model.');
    case 'crashed':
      return t(
        'CLIP Surgery: the engine ended unexpectedly and starts again when it is needed. Click to choose the model.',
      );
  }
}
