import * as vscode from 'vscode';

export type Report = vscode.Progress<{ message?: string; increment?: number }>;

/** Does something behind a notification that can cancel it. */
export function cancellable<T>(title: string, run: (signal: AbortSignal, report: Report) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const task = (report: Report, token: vscode.CancellationToken) => {
    const work = new AbortController();
    token.onCancellationRequested(() => work.abort());
    return run(work.signal, report);
  };
  return Promise.resolve(vscode.window.withProgress(options, task));
}

/** Shows numbers of bytes as a bar with words. */
export function barOf<T extends { readonly done: number; readonly total: number }>(
  report: Report,
  text: (progress: T) => string,
): (progress: T) => void {
  let shown = 0;
  return (progress) => {
    const percent = (100 * progress.done) / progress.total;
    report.report({ message: text(progress), increment: percent - shown });
    shown = percent;
  };
}
