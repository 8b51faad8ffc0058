import * as vscode from 'vscode';
import { isImagePath } from '../../images/imageExtensions';
import { baseName } from '../../images/imageName';
import { onTheWebMessage, resolveImage, type ResolvedImage } from '../../text/resolveImage';
import { folderOf } from '../notebookFolder';
import { MOST_IMAGES } from './cellKeys';
import { isGlob, matchesGlob, splitGlob } from './glob';

export interface FoundImage {
  /** Relative to the notebook's folder, with `/` between folders; the bare name of what is elsewhere. */
  readonly path: string;
  readonly uri: vscode.Uri;
}

const naturally = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * The pictures that a cell names, in its order; those of a wildcard in natural order; each once.
 * @throws Error with one sentence that names the path which is no picture.
 */
export async function resolveImages(paths: readonly string[], notebook: vscode.Uri): Promise<FoundImage[]> {
  const found = new Map<string, FoundImage>();
  for (const written of paths) {
    const path = written.trim();
    for (const uri of await picturesAt(path, notebook)) {
      if (!found.has(uri.toString())) found.set(uri.toString(), { path: recordPath(uri, path, notebook), uri });
    }
    if (found.size > MOST_IMAGES)
      throw new Error(vscode.l10n.t('{0} names more than {1} pictures.', path, MOST_IMAGES));
  }
  return [...found.values()];
}

/**
 * The file that a path without wildcards means. Backslashes separate folders where no file is called so.
 * Undefined where there is none.
 */
export async function fileAt(path: string, notebook: vscode.Uri): Promise<ResolvedImage | undefined> {
  const image = await resolveImage(path, notebook);
  return image ?? (/^[^\\].*\\/s.test(path) ? await resolveImage(path.replaceAll('\\', '/'), notebook) : undefined);
}

async function picturesAt(path: string, notebook: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const image = await fileAt(path, notebook);
  if (image?.kind === 'web') throw new Error(onTheWebMessage());
  if (image && !isImagePath(image.uri.path)) throw new Error(vscode.l10n.t('{0} is not called like a picture.', path));
  if (image) return [image.uri];
  if (isGlob(path)) {
    const pictures = await picturesLike(path.replaceAll('\\', '/'), notebook);
    if (pictures.length > 0) return pictures;
    throw new Error(vscode.l10n.t('No picture fits {0}.', path));
  }
  throw new Error(vscode.l10n.t('There is no picture {0}.', path));
}

async function picturesLike(glob: string, notebook: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const { folder, pattern } = splitGlob(glob);
  const base = baseOf(folder, glob, notebook);
  if (!base) return [];
  const files = vscode.workspace.getWorkspaceFolder(base)
    ? await vscode.workspace.findFiles(new vscode.RelativePattern(base, pattern), undefined, MOST_IMAGES + 1)
    : await filesLike(base, pattern);
  return files.filter(({ path }) => isImagePath(path)).sort((a, b) => naturally.compare(a.path, b.path));
}

/** Wildcards begin in this folder; undefined for places that are not looked at, as network shares. */
function baseOf(folder: string, glob: string, notebook: vscode.Uri): vscode.Uri | undefined {
  if (glob.startsWith('//')) return undefined;
  if (/^file:\/\/\/(?!\/)/i.test(glob)) return vscode.Uri.parse(folder);
  if (/^[a-z][a-z\d+.-]+:/i.test(glob)) return undefined;
  const isAbsolute = glob.startsWith('/') || /^[a-z]:\//i.test(glob);
  if (isAbsolute) {
    return ['file', 'untitled'].includes(notebook.scheme)
      ? vscode.Uri.file(folder || '/')
      : notebook.with({ path: folder || '/', query: '', fragment: '' });
  }
  const own = folderOf(notebook);
  return own && vscode.Uri.joinPath(own, folder);
}

/** Outside of the workspace nothing is searched: one folder is listed. */
async function filesLike(base: vscode.Uri, pattern: string): Promise<vscode.Uri[]> {
  if (pattern.includes('/')) {
    throw new Error(
      vscode.l10n.t('Outside of the workspace only the last part of a path can have wildcards: {0}.', pattern),
    );
  }
  try {
    const entries = await vscode.workspace.fs.readDirectory(base);
    return entries
      .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && matchesGlob(name, pattern))
      .map(([name]) => vscode.Uri.joinPath(base, name));
  } catch {
    return []; // no such folder
  }
}

/**
 * How a record names a picture. What the user wrote as a relative path may lead out of the folder; of
 * absolute ones only what lies in the notebook's own workspace folder is told, because records leave the machine.
 */
function recordPath(uri: vscode.Uri, written: string, notebook: vscode.Uri): string {
  const folder = folderOf(notebook);
  if (!folder || folder.scheme !== uri.scheme || folder.authority !== uri.authority) return baseName(uri);
  const path = relative(folder.path, uri.path);
  if (!path.startsWith('../')) return path;
  const isWritten = !/^(?:[\\/]|[a-z][a-z\d+.-]*:)/i.test(written) && written.replaceAll('\\', '/').startsWith('../');
  const shared = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
  const isShared = shared !== undefined && vscode.workspace.getWorkspaceFolder(folder)?.uri.toString() === shared;
  return isWritten || isShared ? path : baseName(uri);
}

function relative(folder: string, file: string): string {
  const from = folder.split('/').filter((part) => part !== '');
  const to = file.split('/').filter((part) => part !== '');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
