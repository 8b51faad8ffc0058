import * as vscode from 'vscode';
import type { EngineState } from '../engine/client';
import { executionName, shortName } from './devices/deviceWords';
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
      engine.devices.onDidChange(() => void this.show(engine.client.state)),
      engine.models.onDidChange(() => void this.rename()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions, this.item).dispose();
  }

  private async show(state: EngineState): Promise<void> {
    const { used, running } = this.engine.devices;
    const isWorking = state === 'starting' || state === 'busy' || running !== undefined;
    const icon = isWorking ? '$(loading~spin)' : state === 'crashed' ? '$(warning)' : '$(eye)';
    this.item.text = [`${icon} ${this.modelName ?? 'CLIP'}`, ...(used ? [shortName(used)] : [])].join(' · ');
    this.item.tooltip = this.tooltip(state);
    this.item.show();
    if (this.modelName === undefined && state === 'ready') await this.rename();
  }

  private tooltip(state: EngineState): vscode.MarkdownString {
    const { t } = vscode.l10n;
    const { used, running } = this.engine.devices;
    const text = new vscode.MarkdownString(undefined, true);
    text.isTrusted = { enabledCommands: ['clipSurgery.selectDevice'] };
    text.appendText(t('CLIP Surgery: {0} Click to choose the model.', stateText(state)));
    const paragraph = (line: string) => text.appendMarkdown('\n\n').appendText(line);
    if (running) {
      const { trying, verdicts, total } = running;
      const name = executionName(trying);
      paragraph(t('Testing what computes fastest here: {0}, {1} of {2}', name, verdicts.length + 1, total));
    }
    if (this.modelName !== undefined) paragraph(t('Model: {0}', this.modelName));
    if (used) paragraph(t('Device: {0}', executionName(used)));
    paragraph('').appendMarkdown(`[${t('Select Device…')}](command:clipSurgery.selectDevice)`);
    return text;
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

function stateText(state: EngineState): string {
  const { t } = vscode.l10n;
  switch (state) {
    case 'starting':
      return t('the engine is starting.');
    case 'busy':
      return t('working.');
    case 'ready':
      return t('ready.');
    case 'stopped':
      return t('the engine rests and starts again when it is needed.');
    case 'crashed':
      return t('the engine ended unexpectedly and starts again when it is needed.');
  }
}
