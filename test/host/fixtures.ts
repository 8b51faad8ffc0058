import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

/** The workspace that the tests run in: the examples. */
export function workspaceFile(name: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);
}

/** A folder outside of the workspace, which is the repository's own and stays as it is. */
export class ScratchFolder {
  readonly path = mkdtempSync(path.join(os.tmpdir(), 'clip-surgery-host-'));

  /** Copies one of the examples. */
  picture(name: string, example = 'living-room.png'): vscode.Uri {
    const file = this.place(name);
    copyFileSync(workspaceFile(example).fsPath, file);
    return vscode.Uri.file(file);
  }

  file(name: string, content: string): vscode.Uri {
    const file = this.place(name);
    writeFileSync(file, content);
    return vscode.Uri.file(file);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  private place(name: string): string {
    const file = path.join(this.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    return file;
  }
}

/** Collects the warnings that are shown while something runs, instead of showing them. */
export async function warningsOf(run: () => Promise<unknown>): Promise<string[]> {
  const shown: string[] = [];
  const original = vscode.window.showWarningMessage;
  const collect = (message: string) => Promise.resolve(void shown.push(message));
  Object.assign(vscode.window, { showWarningMessage: collect });
  try {
    await run();
  } finally {
    Object.assign(vscode.window, { showWarningMessage: original });
  }
  return shown;
}
