import path from 'node:path';
import * as vscode from 'vscode';
import { isImagePath } from '../images/imageExtensions';
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

/**
 * The picture that a record names. Records come from files that anybody may have written: only image files in the
 * notebook's folder or in the workspace are meant.
 */
export function imageInNotebook(name: string, notebook: vscode.Uri): vscode.Uri | undefined {
  const folder = notebookFolder(notebook);
  // eslint-disable-next-line no-control-regex
  const isPlain = !/[\u0000-\u001f\\]|^\/|^[a-z][a-z\d+.-]*:/i.test(name);
  if (!folder || !isPlain || !isImagePath(name)) return undefined;
  const image = vscode.Uri.joinPath(folder, name);
  return isInside(image, folder) || vscode.workspace.getWorkspaceFolder(image) ? image : undefined;
}

function isInside(uri: vscode.Uri, folder: vscode.Uri): boolean {
  return isSameSystem(uri, folder) && uri.path.startsWith(folder.path.replace(/\/?$/, '/'));
}

function isSameSystem(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.scheme === b.scheme && a.authority === b.authority;
}
