import * as vscode from 'vscode';
import { registerExplainCommands } from './host/commands/explainImage';
import { EngineHost } from './host/engineHost';
import { ExplainPanels } from './host/panel/explainPanels';
import { StatusBar } from './host/statusBar';

/** Builds the long-lived objects and registers them; whatever costs time starts on first use. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('CLIP Surgery', { log: true });
  const engine = new EngineHost(context, log);
  const panels = new ExplainPanels(context.extensionUri, engine, log);
  context.subscriptions.push(
    log,
    engine,
    panels,
    new StatusBar(engine),
    vscode.window.registerWebviewPanelSerializer(ExplainPanels.viewType, panels),
    ...registerExplainCommands(panels),
    vscode.commands.registerCommand('clipSurgery.showLog', () => log.show()),
  );
}
