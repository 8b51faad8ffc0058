import type * as vscode from 'vscode';
import type { KeptPictures } from '../../images/keptPictures';
import type { ExplainPanels } from '../../panel/explainPanels';
import { registerOutputCommands } from './explainOutput';
import { registerExport } from './exportJupyter';
import { OutputStatusBar } from './outputStatusBar';
import { NotebookRequests } from './requests';
import { RunningCells } from './runningCells';
import type { VocabularyServices } from '../../vocabulary/vocabularyWords';

export interface JupyterServices extends VocabularyServices {
  readonly kept: KeptPictures;
  readonly panels: Pick<ExplainPanels, 'show'>;
  readonly log: vscode.LogOutputChannel;
}

export interface Jupyter {
  readonly disposables: readonly vscode.Disposable[];
  /** Answers what the renderer passes on of requests in outputs. */
  readonly requests: NotebookRequests;
}

/** Everything for pictures and requests in other notebooks than our own, and the way from ours to theirs. */
export function registerJupyter({ engine, vocabularies, kept, panels, log }: JupyterServices): Jupyter {
  const running = new RunningCells();
  return {
    disposables: [
      running,
      OutputStatusBar.register(),
      ...registerOutputCommands({ engine, vocabularies, kept, panels, running, log }),
      registerExport(engine, log),
    ],
    requests: new NotebookRequests({ engine, vocabularies }, running),
  };
}
