import * as vscode from 'vscode';
import type { ImageSource } from '../protocol/engine';

/** Local files are read by the engine; all others come as bytes through the editor's file systems. */
export async function imageSource(uri: vscode.Uri): Promise<ImageSource> {
  return uri.scheme === 'file' ? { path: uri.fsPath } : { bytes: await vscode.workspace.fs.readFile(uri) };
}
