import * as vscode from 'vscode';
import type { EngineHost } from '../engineHost';

/** The command about devices; what it needs is loaded with it. */
export function registerDevices(engine: EngineHost): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('clipSurgery.selectDevice', async () =>
      (await import('./selectDevice')).selectDevice(engine),
    ),
  ];
}
