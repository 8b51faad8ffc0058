import * as vscode from 'vscode';
import { asUri } from '../images/asUri';
import { isOnTheWeb } from './spellings';

/** What an address in a document stands for. */
export type ResolvedImage =
  { readonly kind: 'file'; readonly uri: vscode.Uri } | { readonly kind: 'web'; readonly address: string };

/**
 * Finds the file that an address means: relative to the document's folder, then to each workspace folder;
 * with a leading slash to the workspace folders first, then as an absolute path.
 *
 * @param document where the address stands
 * @returns undefined where there is no such file
 */
export async function resolveImage(target: string, document: vscode.Uri): Promise<ResolvedImage | undefined> {
  if (isOnTheWeb(target)) return { kind: 'web', address: target };
  for (const uri of candidates(target, notebookOf(document) ?? document)) {
    if (await isFile(uri)) return { kind: 'file', uri };
  }
  return undefined;
}

/** Says why a picture on the web is not explained, in one sentence. */
export function onTheWebMessage(): string {
  return vscode.l10n.t('Pictures on the web are not fetched: save this one into the workspace first.');
}

function candidates(target: string, document: vscode.Uri): readonly vscode.Uri[] {
  if (/^file:/i.test(target)) return fileUri(target, document);
  // Merely to ask a network share for a file would name this machine and its user to whoever the document names.
  if (/^[\\/]{2}/.test(target)) return [];
  if (/^[a-z]:[\\/]/i.test(target)) return [vscode.Uri.file(target)];
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(target)) return [];
  const inWorkspace = workspaceFolders(document).map((folder) => vscode.Uri.joinPath(folder, target));
  if (target.startsWith('/')) return [...inWorkspace, absolute(target, document)];
  return document.scheme === 'untitled'
    ? inWorkspace
    : [vscode.Uri.joinPath(document.with({ query: '', fragment: '' }), '..', target), ...inWorkspace];
}

function fileUri(target: string, document: vscode.Uri): readonly vscode.Uri[] {
  const uri = asUri(target)?.with({ query: '', fragment: '' });
  return uri && (uri.authority === '' || uri.authority === document.authority) ? [uri] : [];
}

/** In the file system of the document; that of a new one is the machine's. */
function absolute(path: string, document: vscode.Uri): vscode.Uri {
  return document.scheme === 'untitled' ? vscode.Uri.file(path) : document.with({ path, query: '', fragment: '' });
}

/** The folder of the document before all others. */
function workspaceFolders(document: vscode.Uri): readonly vscode.Uri[] {
  const own = vscode.workspace.getWorkspaceFolder(document)?.uri;
  const all = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  return own ? [own, ...all.filter((uri) => uri.toString() !== own.toString())] : all;
}

/** The cells of a notebook have addresses of their own. */
function notebookOf(cell: vscode.Uri): vscode.Uri | undefined {
  if (cell.scheme !== 'vscode-notebook-cell') return undefined;
  const isCell = ({ document }: vscode.NotebookCell) => document.uri.toString() === cell.toString();
  return vscode.workspace.notebookDocuments.find((notebook) => notebook.getCells().some(isCell))?.uri;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
