import * as vscode from 'vscode';

/** A vocabulary of 1000 words has about 50 kB; what is far beyond that is something else. */
const LARGEST = 2_000_000;

export function isTooLarge(length: number): boolean {
  return length > LARGEST;
}

export function tooLargeMessage(): string {
  return vscode.l10n.t('The vocabulary file is larger than 2 MB: split it, or name another one in the settings.');
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/**
 * The text of a file as the user sees it: that of its open document, saved or not, else what is on disk.
 * @returns undefined when there is no such file; `'too large'` for one that is not read
 */
export async function fileText(uri: vscode.Uri): Promise<{ readonly text: string } | 'too large' | undefined> {
  const document = openDocument(uri);
  const size = await vscode.workspace.fs.stat(uri).then(
    (stat) => stat.size,
    () => undefined,
  );
  // An editor may still show a file that is gone; only what is typed there counts.
  if (size === undefined && !document?.isDirty) return undefined;
  if (document) return isTooLarge(document.getText().length) ? 'too large' : { text: document.getText() };
  if (isTooLarge(size!)) return 'too large';
  try {
    return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch {
    return undefined; // gone in between
  }
}
