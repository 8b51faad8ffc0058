import * as vscode from 'vscode';
import { CELL_LANGUAGE, NOTEBOOK_TYPE } from '../../../protocol/notebook';
import type { CellProgress } from './cellProgress';
import type { VocabularyServices } from '../../vocabulary/vocabularyWords';

/** A cell that waits for its turn, or runs. */
interface Job {
  readonly cell: vscode.NotebookCell;
  readonly execution: vscode.NotebookCellExecution;
  readonly work: AbortController;
}

/** What one notebook runs. */
interface Queue {
  waiting: Job[];
  running?: Job;
  order: number;
}

/** Runs the cells of CLIP notebooks with the engine of the window: one after the other in each notebook. */
export class ClipNotebookController implements vscode.Disposable {
  private readonly queues = new Map<vscode.NotebookDocument, Queue>();
  private readonly parts: vscode.Disposable[];

  constructor(
    private readonly services: VocabularyServices,
    private readonly progress: CellProgress,
  ) {
    const controller = vscode.notebooks.createNotebookController('clip-surgery', NOTEBOOK_TYPE, 'CLIP Surgery');
    controller.supportedLanguages = [CELL_LANGUAGE];
    controller.supportsExecutionOrder = true;
    controller.executeHandler = (cells, notebook) => {
      const queue = this.queueOf(notebook);
      // All at once, so that those that wait show it.
      for (const cell of cells) {
        const job = { cell, execution: controller.createNotebookCellExecution(cell), work: new AbortController() };
        // Not by an interrupt handler: that would stop the whole notebook when one cell is stopped or deleted.
        job.execution.token.onCancellationRequested(() => cancel(job, queue));
        queue.waiting.push(job);
      }
      if (!queue.running) void this.runAll(queue);
    };
    this.parts = [
      controller,
      vscode.workspace.onDidCloseNotebookDocument((notebook) => {
        this.stop(notebook);
        this.queues.delete(notebook);
      }),
      vscode.workspace.onDidChangeNotebookDocument((change) => this.forgetRemoved(change)),
    ];
  }

  dispose(): void {
    for (const notebook of this.queues.keys()) this.stop(notebook);
    vscode.Disposable.from(...this.parts).dispose();
  }

  private async runAll(queue: Queue): Promise<void> {
    for (let job = queue.waiting.shift(); job; job = queue.waiting.shift()) {
      queue.running = job;
      await this.run(job, queue);
    }
    queue.running = undefined;
  }

  private async run({ cell, execution, work: { signal } }: Job, queue: Queue): Promise<void> {
    execution.executionOrder = ++queue.order;
    execution.start(Date.now());
    let isDone = false;
    try {
      const onProgress = (stage: string) => this.progress.set(cell, stage);
      // Reading cells needs the largest library of the extension: it is loaded when the first one runs.
      const { runCell } = await import('./execution');
      isDone = await runCell({ cell, execution, signal, onProgress }, this.services);
    } catch {
      // The cell went away while it ran: nobody is there to be told.
    } finally {
      this.progress.set(cell, undefined);
      execution.end(isDone, Date.now());
    }
  }

  /** What runs stops, and nothing that waits starts. */
  private stop(notebook: vscode.NotebookDocument): void {
    const queue = this.queues.get(notebook);
    for (const job of queue ? jobsOf(queue) : []) cancel(job, queue!);
  }

  private forgetRemoved({ notebook, contentChanges }: vscode.NotebookDocumentChangeEvent): void {
    const queue = this.queues.get(notebook);
    if (!queue || contentChanges.length === 0) return;
    const there = new Set(notebook.getCells()); // a cell that moves is removed and added
    for (const job of jobsOf(queue)) if (!there.has(job.cell)) cancel(job, queue);
  }

  private queueOf(notebook: vscode.NotebookDocument): Queue {
    const queue = this.queues.get(notebook) ?? { waiting: [], order: 0 };
    this.queues.set(notebook, queue);
    return queue;
  }
}

function jobsOf({ waiting, running }: Queue): readonly Job[] {
  return running ? [...waiting, running] : [...waiting];
}

/** Takes a job out of the queue, or stops it where it runs. */
function cancel(job: Job, queue: Queue): void {
  job.work.abort();
  if (!queue.waiting.includes(job)) return;
  queue.waiting = queue.waiting.filter((other) => other !== job);
  job.execution.end(undefined);
}
