import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { isImagePath } from '../images/imageExtensions';
import { folderOf, isInside } from './notebookFolder';

/** A file that a notebook may name. */
export interface NotebookImage {
  readonly uri: vscode.Uri;
  /** Relative to the notebook's folder, with `/` between folders. */
  readonly path: string;
}

/**
 * The image file that data in a notebook names, relative to the notebook. Whoever wrote it may only name files
 * in the notebook's folder or in the workspace, also by way of links.
 * @throws Error with one sentence on what is wrong with the path
 */
export async function notebookImage(notebook: vscode.NotebookDocument, named: string): Promise<NotebookImage> {
  const { t } = vscode.l10n;
  const relative = named.replaceAll('\\', '/');
  if (/\p{Cc}/u.test(relative) || /^[a-z][a-z\d+.-]*:/i.test(relative) || relative.startsWith('/')) {
    throw new Error(t('The image’s path must be relative to the notebook.'));
  }
  if (!isImagePath(relative)) throw new Error(t('“{0}” is not called like an image file.', shortened(named)));
  const base = folderOf(notebook.uri);
  if (!base) throw new Error(t('The notebook has no folder yet that the image’s path could be relative to: save it.'));
  const roots = [base, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  const uri = vscode.Uri.joinPath(base, relative);
  if (!roots.some((root) => isInside(uri, root))) throw outside(named);
  const name = path.posix.relative(base.path, uri.path);
  if (uri.scheme !== 'file') return { uri, path: name };
  const real = await realPath(uri);
  const realRoots = await Promise.all(roots.filter(({ scheme }) => scheme === 'file').map(realPath));
  if (!real) throw new Error(t('There is no file “{0}”.', shortened(named)));
  if (!realRoots.some((root) => root !== undefined && isInside(real, root))) throw outside(named);
  return { uri: real, path: name };
}

/** Where all links lead; undefined when there is nothing. */
async function realPath(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  try {
    return vscode.Uri.file(await realpath(uri.fsPath));
  } catch {
    return undefined;
  }
}

function outside(named: string): Error {
  return new Error(vscode.l10n.t('“{0}” is neither in the notebook’s folder nor in the workspace.', shortened(named)));
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
