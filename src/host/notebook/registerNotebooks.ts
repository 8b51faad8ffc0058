import * as vscode from 'vscode';
import { NOTEBOOK_TYPE } from '../../protocol/notebook';
import type { ExplainPanels } from '../panel/explainPanels';
import { CellProgress } from './run/cellProgress';
import { registerNotebookCommands } from './commands';
import { ClipNotebookController } from './run/controller';
import { LiveViews, type RequestHandlers } from './live/liveViews';
import { ClipNotebookSerializer } from './file/serializer';
import type { VocabularyServices } from '../vocabulary/vocabularyWords';

/** CLIP notebooks, and the outputs of our renderer in all notebooks. */
export function registerNotebooks(
  services: VocabularyServices,
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
    new ClipNotebookController(services, progress),
    new LiveViews(services, panels, handlers),
    ...registerNotebookCommands(panels),
  ];
}
