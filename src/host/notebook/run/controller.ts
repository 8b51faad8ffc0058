import * as vscode from 'vscode';
import { CELL_LANGUAGE, NOTEBOOK_TYPE } from '../../../protocol/notebook';
import type { EngineHost } from '../../engineHost';
import type { CellProgress } from './cellProgress';

/** A cell that waits for its turn, or runs. */
interface Job {
  readonly cell: vscode.NotebookCell;
  readonly execution: vscode.NotebookCellExecution;
}

/** What one notebook runs. */
interface Queue {
  waiting: Job[];
  running?: Job;
  work: AbortController;
  order: number;
}

/** Runs the cells of CLIP notebooks with the engine of the window: one after the other in each notebook. */
export class ClipNotebookController implements vscode.Disposable {
  private readonly queues = new Map<vscode.NotebookDocument, Queue>();
  private readonly parts: vscode.Disposable[];

  constructor(
    private readonly engine: EngineHost,
    private readonly progress: CellProgress,
  ) {
    const controller = vscode.notebooks.createNotebookController('clip-surgery', NOTEBOOK_TYPE, 'CLIP Surgery');
    controller.supportedLanguages = [CELL_LANGUAGE];
    controller.supportsExecutionOrder = true;
    controller.executeHandler = (cells, notebook) => {
      const queue = this.queueOf(notebook);
      // All at once, so that those that wait show it.
      for (const cell of cells) queue.waiting.push({ cell, execution: controller.createNotebookCellExecution(cell) });
      if (!queue.running) void this.runAll(queue);
    };
    controller.interruptHandler = (notebook) => this.stop(notebook);
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

  private async run({ cell, execution }: Job, queue: Queue): Promise<void> {
    const { signal } = (queue.work = new AbortController());
    execution.executionOrder = ++queue.order;
    execution.start(Date.now());
    let isDone = false;
    try {
      const onProgress = (stage: string) => this.progress.set(cell, stage);
      // Reading cells needs the largest library of the extension: it is loaded when the first one runs.
      const { runCell } = await import('./execution');
      isDone = await runCell({ cell, execution, signal, onProgress }, this.engine);
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
    if (!queue) return;
    for (const { execution } of queue.waiting.splice(0)) execution.end(undefined);
    queue.work.abort();
  }

  private forgetRemoved({ notebook, contentChanges }: vscode.NotebookDocumentChangeEvent): void {
    const queue = this.queues.get(notebook);
    if (!queue || contentChanges.length === 0) return;
    const there = new Set(notebook.getCells()); // a cell that moves is removed and added
    const isGone = ({ cell }: Job) => !there.has(cell);
    for (const { execution } of queue.waiting.filter(isGone)) execution.end(undefined);
    queue.waiting = queue.waiting.filter((job) => !isGone(job));
    if (queue.running && isGone(queue.running)) queue.work.abort();
  }

  private queueOf(notebook: vscode.NotebookDocument): Queue {
    const queue = this.queues.get(notebook) ?? { waiting: [], work: new AbortController(), order: 0 };
    this.queues.set(notebook, queue);
    return queue;
  }
}
