import * as vscode from 'vscode';

const VOCABULARY_FILE = 'clip-vocabulary.json';
export const VOCABULARY_SETTING = 'clipSurgery.vocabulary.file';

/**
 * Where the vocabulary file of a resource is: in its workspace folder, else in the first one, else, with no folder
 * open, in `storage`. The setting is a path relative to the folder; VS Code ignores a workspace's own value for it
 * until the workspace is trusted.
 */
export function placeOf(resource: vscode.Uri | undefined, storage: vscode.Uri): vscode.Uri {
  const folder = (resource && vscode.workspace.getWorkspaceFolder(resource)) ?? vscode.workspace.workspaceFolders?.[0];
  if (!folder) return vscode.Uri.joinPath(storage, VOCABULARY_FILE);
  const named = vscode.workspace.getConfiguration('', folder.uri).get<unknown>(VOCABULARY_SETTING);
  const path = typeof named === 'string' ? named.trim().replaceAll('\\', '/') : '';
  return vscode.Uri.joinPath(folder.uri, path || VOCABULARY_FILE);
}

/** The places of all workspace folders. */
export function placesOf(storage: vscode.Uri): vscode.Uri[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 0 ? folders.map(({ uri }) => placeOf(uri, storage)) : [placeOf(undefined, storage)];
}

/** What a command is about: the notebook or text in front. */
export function resourceInFront(): vscode.Uri | undefined {
  return vscode.window.activeNotebookEditor?.notebook.uri ?? vscode.window.activeTextEditor?.document.uri;
}
