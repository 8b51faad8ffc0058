import * as vscode from 'vscode';

/** The file's own name. */
export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/**
 * How a picture is named in records, which leave this machine: relative to its workspace folder, and
 * the bare name outside of all folders, so that no absolute path is told.
 */
export function recordName(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri, false) : baseName(uri);
}
