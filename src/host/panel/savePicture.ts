import * as vscode from 'vscode';
import { failureText } from '../errors';

/** Asks where to, beside the picture by default, and writes a composed PNG. */
export async function savePicture(
  name: string,
  bytes: Uint8Array,
  picture: vscode.Uri | undefined,
  onSaved: (message: string) => void,
): Promise<void> {
  const { t } = vscode.l10n;
  const isOwn = picture && vscode.workspace.getWorkspaceFolder(picture);
  const folder = isOwn ? vscode.Uri.joinPath(picture, '..') : vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: t('Save Maps as Picture'),
    defaultUri: folder && vscode.Uri.joinPath(folder, name),
    filters: { PNG: ['png'] },
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
    onSaved(t('saved'));
  } catch (error) {
    void vscode.window.showErrorMessage(t('The picture could not be saved: {0}', failureText(error)));
  }
}
