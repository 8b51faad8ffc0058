import * as vscode from 'vscode';
import type { ImageSource } from '../../protocol/engine';
import { failureText } from '../errors';

/**
 * Local files are read by the engine; all others come as bytes through the editor's file systems.
 * @throws Error with one sentence when the file system does not give the file.
 */
export async function imageSource(uri: vscode.Uri): Promise<ImageSource> {
  if (uri.scheme === 'file') return { path: uri.fsPath };
  try {
    return { bytes: await vscode.workspace.fs.readFile(uri) };
  } catch (error) {
    const isGone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    throw new Error(
      isGone
        ? vscode.l10n.t('The image file is not there any more.')
        : vscode.l10n.t('The image file cannot be read: {0}', failureText(error)),
      { cause: error },
    );
  }
}
