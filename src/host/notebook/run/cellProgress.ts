import * as vscode from 'vscode';

/** What goes on in the cells that run, in each cell's own status bar. */
export class CellProgress implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly stages = new Map<vscode.NotebookCell, string>();
  readonly onDidChangeCellStatusBarItems = this.changed.event;

  /** @param stage left out: the cell does not run any more */
  set(cell: vscode.NotebookCell, stage: string | undefined): void {
    if (this.stages.get(cell) === stage) return;
    if (stage === undefined) this.stages.delete(cell);
    else this.stages.set(cell, stage);
    this.changed.fire();
  }

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
    const stage = this.stages.get(cell);
    if (stage === undefined) return [];
    return [new vscode.NotebookCellStatusBarItem(stage, vscode.NotebookCellStatusBarAlignment.Left)];
  }

  dispose(): void {
    this.changed.dispose();
  }
}
