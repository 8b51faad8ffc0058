import * as vscode from 'vscode';
import { baseName } from '../images/imageName';
import type { VocabularyEdit } from './file/edits';
import { fileText, tooLargeMessage } from './fileText';

/** Why a vocabulary file is left as it is, in one sentence; opening the file helps. */
export class EditRefused extends Error {
  constructor(
    message: string,
    readonly file: vscode.Uri,
  ) {
    super(message);
  }
}

/**
 * Applies an edit to a vocabulary file as one step that can be undone, and saves the file unless somebody is
 * typing in it.
 * @throws EditRefused when the file cannot be edited safely
 */
export async function writeEdit(uri: vscode.Uri, edit: VocabularyEdit): Promise<void> {
  const found = await fileText(uri);
  if (found === 'too large') throw new EditRefused(tooLargeMessage(), uri);
  if (!found) return create(uri, edit);
  const { t } = vscode.l10n;
  const { parseVocabularyFile } = await import('./file/parseVocabularyFile');
  if (!parseVocabularyFile(found.text).file) {
    throw new EditRefused(t('“{0}” is broken: correct it in the editor first.', baseName(uri)), uri);
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const wasDirty = document.isDirty;
  const changes = new vscode.WorkspaceEdit();
  for (const { offset, length, content } of edit(document.getText())) {
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    changes.replace(uri, range, content);
  }
  if (changes.size === 0) return;
  if (!(await vscode.workspace.applyEdit(changes))) {
    throw new EditRefused(t('“{0}” could not be changed.', baseName(uri)), uri);
  }
  if (!wasDirty && !(await document.save())) {
    throw new EditRefused(t('The change of “{0}” could not be saved: save it in the editor.', baseName(uri)), uri);
  }
}

async function create(uri: vscode.Uri, edit: VocabularyEdit): Promise<void> {
  const { t } = vscode.l10n;
  const { applyEdits } = await import('./file/edits');
  const changes = new vscode.WorkspaceEdit();
  const contents = new TextEncoder().encode(applyEdits('', edit('')));
  changes.createFile(uri, { contents });
  if (!(await vscode.workspace.applyEdit(changes))) {
    throw new EditRefused(t('“{0}” could not be written.', baseName(uri)), uri);
  }
  void announce(uri);
}

/** The file is the user's from now on: to edit, to review, to commit. */
async function announce(uri: vscode.Uri): Promise<void> {
  const { t } = vscode.l10n;
  const open = t('Open File');
  const message = t('The vocabulary is now kept in “{0}”.', vscode.workspace.asRelativePath(uri));
  if ((await vscode.window.showInformationMessage(message, open)) === open)
    await vscode.commands.executeCommand('vscode.open', uri);
}
