import path from 'node:path';
import * as vscode from 'vscode';
import { isInside } from './notebookFolder';

/**
 * How a cell of a notebook without a file names a picture: from the first workspace folder, or with its whole path
 * where that is outside. Undefined for pictures that are no files of this machine or of that folder.
 */
export function pathForCell(image: vscode.Uri): string | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder && isInside(image, folder)) return path.posix.relative(folder.path, image.path);
  return image.scheme === 'file' ? image.fsPath.replaceAll('\\', '/') : undefined;
}
