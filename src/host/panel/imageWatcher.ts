import * as vscode from 'vscode';
import { baseName } from '../images/imageName';

/** Programs write a file in several steps: what counts is when they are done. */
const REST_MS = 300;

/** Tells when the file of a picture changes on disk, once for a burst of changes, and when it is gone. */
export class ImageWatcher implements vscode.Disposable {
  private readonly watcher: vscode.FileSystemWatcher;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly image: vscode.Uri,
    private readonly on: { changed(): void; gone(): void },
  ) {
    const folder = vscode.Uri.joinPath(image, '..');
    this.watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, escapeGlob(baseName(image))),
    );
    const touch = () => this.touch();
    this.watcher.onDidChange(touch);
    this.watcher.onDidCreate(touch);
    this.watcher.onDidDelete(touch);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.watcher.dispose();
  }

  private touch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.settle(), REST_MS);
  }

  /** A file that is replaced is deleted first: only what is there in the end tells which it was. */
  private async settle(): Promise<void> {
    const isThere = await vscode.workspace.fs.stat(this.image).then(
      () => true,
      () => false,
    );
    if (isThere) this.on.changed();
    else this.on.gone();
  }
}

function escapeGlob(name: string): string {
  return name.replace(/[[\]{}*?]/g, '[$&]');
}
