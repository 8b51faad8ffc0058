import * as vscode from 'vscode';
import { isImagePath } from '../../images/imageExtensions';
import { rangeOf } from './cellDocuments';
import type { ValuePlace } from './completionPlace';
import { folderOf } from '../notebookFolder';
import { writeWord } from './writeCell';

const naturally = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Folders and pictures of the folder that is typed so far, relative to the notebook. */
export async function imagePathItems(
  place: ValuePlace,
  { document, notebook }: { readonly document: vscode.TextDocument; readonly notebook: vscode.Uri },
): Promise<vscode.CompletionItem[]> {
  const folder = place.typed.slice(0, place.typed.lastIndexOf('/') + 1);
  const base = folderOf(notebook);
  // Absolute paths and addresses would make the cell useless elsewhere.
  if (!base || folder.startsWith('/') || folder.includes(':') || folder.includes('\\')) return [];
  const entries = await list(vscode.Uri.joinPath(base, folder));
  const folders = entries.filter(([name, type]) => (type & vscode.FileType.Directory) !== 0 && !name.startsWith('.'));
  const files = entries.filter(([name, type]) => (type & vscode.FileType.File) !== 0 && isImagePath(name));
  const range = rangeOf(document, place);
  const item = (name: string, kind: vscode.CompletionItemKind) => {
    const result = new vscode.CompletionItem(name, kind);
    const path = `${folder}${name}`;
    result.range = range;
    result.filterText = path;
    result.insertText = insertion(path, place, kind === vscode.CompletionItemKind.Folder);
    return result;
  };
  const wildcard = place.key === 'images' ? commonWildcard(files.map(([name]) => name)) : undefined;
  return [
    ...files.map(([name]) => item(name, vscode.CompletionItemKind.File)),
    ...(wildcard === undefined ? [] : [item(wildcard, vscode.CompletionItemKind.Value)]),
    ...folders.map(([name]) => {
      const result = item(`${name}/`, vscode.CompletionItemKind.Folder);
      result.command = { command: 'editor.action.triggerSuggest', title: '' };
      return result;
    }),
  ];
}

async function list(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.sort(([a], [b]) => naturally.compare(a, b));
  } catch {
    return []; // no such folder, yet
  }
}

/** All pictures of the kind that the folder has most of. */
function commonWildcard(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) {
    const extension = name.slice(name.lastIndexOf('.'));
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] > 1 ? `*${most[0]}` : undefined;
}

/** In quotes where YAML needs them; after a folder the cursor stays inside of them. */
function insertion(path: string, { quote, needsSpace }: ValuePlace, isFolder: boolean): string | vscode.SnippetString {
  const space = needsSpace ? ' ' : '';
  if (quote === '"') return JSON.stringify(path).slice(1, -1);
  if (quote === "'") return path.replaceAll("'", "''");
  const written = writeWord(path);
  if (written === path || !isFolder) return `${space}${written}`;
  return new vscode.SnippetString()
    .appendText(`${space}${written.slice(0, -1)}`)
    .appendTabstop(0)
    .appendText('"');
}
