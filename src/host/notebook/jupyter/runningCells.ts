import * as vscode from 'vscode';

/**
 * Which cells run. The editor tells it only in that it clears how the last run ended when a run begins, and
 * sets it when that one ends. A cell that never ran looks just like one that runs, so changes are watched.
 */
export class RunningCells implements vscode.Disposable {
  private readonly running = new WeakSet<vscode.NotebookCell>();
  private readonly watching = vscode.workspace.onDidChangeNotebookDocument(({ cellChanges }) => {
    for (const { cell, executionSummary } of cellChanges) {
      if (!executionSummary) continue;
      const hasEnded = executionSummary.success !== undefined || executionSummary.timing !== undefined;
      if (hasEnded) this.running.delete(cell);
      else this.running.add(cell);
    }
  });

  /**
   * Whether the outputs of a cell may be replaced: a run would go on into a cell that is no longer there.
   * Says so where not. An interrupted run may leave no trace of its end, and who looks at the cell knows better.
   */
  async mayChange(cell: vscode.NotebookCell): Promise<boolean> {
    if (!this.running.has(cell)) return true;
    const { t } = vscode.l10n;
    const reason = t('The cell is running: its outputs can be changed when it has ended.');
    const hasEnded = t('It Has Ended');
    if ((await vscode.window.showWarningMessage(reason, hasEnded)) !== hasEnded) return false;
    this.running.delete(cell);
    return true;
  }

  dispose(): void {
    this.watching.dispose();
  }
}
