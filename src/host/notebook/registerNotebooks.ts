import * as vscode from 'vscode';
import { NOTEBOOK_TYPE } from '../../protocol/notebook';
import type { EngineHost } from '../engineHost';
import type { ExplainPanels } from '../panel/explainPanels';
import { CellProgress } from './run/cellProgress';
import { registerNotebookCommands } from './commands';
import { ClipNotebookController } from './run/controller';
import { LiveViews, type RequestHandlers } from './live/liveViews';
import { ClipNotebookSerializer } from './file/serializer';

/** CLIP notebooks, and the outputs of our renderer in all notebooks. */
export function registerNotebooks(
  engine: EngineHost,
  panels: ExplainPanels,
  handlers: RequestHandlers,
): vscode.Disposable[] {
  const progress = new CellProgress();
  return [
    // What is saved is decided at every save: transient data are fixed at the registration.
    vscode.workspace.registerNotebookSerializer(NOTEBOOK_TYPE, new ClipNotebookSerializer(), {
      transientOutputs: false,
    }),
    progress,
    vscode.notebooks.registerNotebookCellStatusBarItemProvider(NOTEBOOK_TYPE, progress),
    new ClipNotebookController(engine, progress),
    new LiveViews(engine, panels, handlers),
    ...registerNotebookCommands(panels),
  ];
}
