import * as vscode from 'vscode';
import { registerExplainCommands } from './host/commands/explainImage';
import { registerPanelCommands } from './host/commands/panelCommands';
import { registerDevices } from './host/devices/registerDevices';
import { EngineHost } from './host/engineHost';
import { KeptPictures } from './host/images/keptPictures';
import { HubAccess } from './host/models/hubAccess';
import { modelWords } from './host/models/modelWords';
import { registerModels } from './host/models/registerModels';
import { CellLanguage } from './host/notebook/cellLanguage';
import { registerJupyter } from './host/notebook/jupyter/registerJupyter';
import { registerNotebooks } from './host/notebook/registerNotebooks';
import { ExplainPanels } from './host/panel/explainPanels';
import { StatusBar } from './host/statusBar';
import { registerVocabulary } from './host/vocabulary/registerVocabulary';
import { registerTextProviders } from './host/text/registerTextProviders';

/** Builds the long-lived objects and registers them; whatever costs time starts on first use. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('CLIP Surgery', { log: true });
  const engine = new EngineHost(context, log);
  const { extensionUri } = context;
  const kept = new KeptPictures(context);
  const { models } = engine;
  const { disposables, ...vocabulary } = registerVocabulary(context, modelWords(models));
  const panels = new ExplainPanels({ extensionUri, engine, kept, log, ...vocabulary });
  const { vocabularies } = vocabulary;
  const jupyter = registerJupyter({ engine, vocabularies, kept, panels, log });
  context.subscriptions.push(
    log,
    engine,
    panels,
    new StatusBar(engine),
    vscode.window.registerWebviewPanelSerializer(ExplainPanels.viewType, panels),
    ...registerExplainCommands(panels),
    ...registerTextProviders(engine),
    ...registerPanelCommands(panels),
    ...disposables,
    ...registerDevices(engine),
    ...registerModels({ models, access: new HubAccess(context.secrets) }),
    new CellLanguage({
      models,
      words: async () => (await vocabularies.active()).prompts.map(({ text }) => text),
    }),
    ...registerNotebooks({ engine, vocabularies }, panels, jupyter.requests),
    ...jupyter.disposables,
    vscode.commands.registerCommand('clipSurgery.showLog', () => log.show()),
  );
}
