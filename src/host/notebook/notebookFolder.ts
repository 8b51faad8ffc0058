import * as vscode from 'vscode';

/** The folder that paths in a notebook are relative to; a new notebook has that of the workspace, if there is one. */
export function folderOf(notebook: vscode.Uri): vscode.Uri | undefined {
  if (notebook.scheme === 'untitled') return vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.Uri.joinPath(notebook.with({ query: '', fragment: '' }), '..');
}

export function isInside(uri: vscode.Uri, folder: vscode.Uri): boolean {
  const isSameSystem = uri.scheme === folder.scheme && uri.authority === folder.authority;
  return isSameSystem && uri.path.startsWith(folder.path.replace(/\/?$/, '/'));
}
