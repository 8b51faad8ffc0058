import path from 'node:path';
import * as vscode from 'vscode';
import { baseName } from '../images/imageName';

/** What paths in a notebook are relative to: its folder; a notebook without a file has the first workspace folder. */
export function notebookFolder(notebook: vscode.Uri): vscode.Uri | undefined {
  return notebook.scheme === 'untitled'
    ? vscode.workspace.workspaceFolders?.[0]?.uri
    : vscode.Uri.joinPath(notebook.with({ query: '', fragment: '' }), '..');
}

/**
 * How a picture is named in a notebook's records, which leave this machine: relative to the notebook, and
 * the bare name where that would tell of folders outside of both the notebook's and the workspace's.
 */
export function nameInNotebook(image: vscode.Uri, notebook: vscode.Uri): string {
  const folder = notebookFolder(notebook);
  if (!folder || !isSameSystem(image, folder)) return baseName(image);
  const own = vscode.workspace.getWorkspaceFolder(image)?.uri;
  const isNear = isInside(image, folder) || (own && (isInside(folder, own) || String(folder) === String(own)));
  return isNear ? path.posix.relative(folder.path, image.path) : baseName(image);
}

/**
 * How a cell of a notebook without a file names a picture: from the first workspace folder, or with its whole path
 * where that is outside. Undefined for pictures that are no files of this machine or of that folder.
 */
export function pathForCell(image: vscode.Uri): string | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder && isInside(image, folder)) return path.posix.relative(folder.path, image.path);
  return image.scheme === 'file' ? image.fsPath.replaceAll('\\', '/') : undefined;
}

function isInside(uri: vscode.Uri, folder: vscode.Uri): boolean {
  return isSameSystem(uri, folder) && uri.path.startsWith(folder.path.replace(/\/?$/, '/'));
}

function isSameSystem(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.scheme === b.scheme && a.authority === b.authority;
}
