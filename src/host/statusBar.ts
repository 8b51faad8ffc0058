import * as vscode from 'vscode';
import type { EngineState } from '../engine/client';
import type { EngineHost } from './engineHost';

/** Model and device, spinning while the engine works; a click opens the log. Shown once the engine was needed. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('clipSurgery.status', vscode.StatusBarAlignment.Right, 100);
  private readonly subscription: vscode.Disposable;
  private modelName?: string;

  constructor(private readonly engine: EngineHost) {
    this.item.name = 'CLIP Surgery';
    this.item.command = 'clipSurgery.showLog';
    this.subscription = engine.onState((state) => void this.show(state));
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private async show(state: EngineState): Promise<void> {
    const working = state === 'starting' || state === 'busy';
    this.item.text = `${working ? '$(loading~spin)' : state === 'crashed' ? '$(warning)' : '$(eye)'} ${this.modelName ?? 'CLIP'} · CPU`;
    this.item.tooltip = describe(state);
    this.item.show();
    if (this.modelName !== undefined || state !== 'ready') return;
    const info = await this.engine.describeModel().catch(() => undefined);
    if (!info) return;
    this.modelName = info.name;
    await this.show(this.engine.client.state);
  }
}

function describe(state: EngineState): string {
  const { t } = vscode.l10n;
  switch (state) {
    case 'starting':
      return t('CLIP Surgery: the engine is starting. Click to open the log.');
    case 'busy':
      return t('CLIP Surgery: working. Click to open the log.');
    case 'ready':
      return t('CLIP Surgery: ready. Click to open the log.');
    case 'stopped':
      return t('CLIP Surgery: the engine rests and starts again when it is needed. Click to open the log.');
    case 'crashed':
      return t(
        'CLIP Surgery: the engine ended unexpectedly and starts again when it is needed. Click to open the log.',
      );
  }
}
