import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { fileName } from './fileName';

/** So many pasted pictures stay on disk; the oldest go first. */
const MOST_KEPT = 30;

export interface PastedPicture {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Pasted and dropped pictures come without a file. They are written into the extension's own folder,
 * so that they come back in a reloaded window and are walked back to like all others.
 */
export class KeptPictures {
  private readonly folder: vscode.Uri;

  constructor(context: vscode.ExtensionContext) {
    this.folder = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'pictures');
  }

  /** @throws Error with the file system's reason when there is no room or no right to write. */
  async keep(pictures: readonly PastedPicture[]): Promise<vscode.Uri[]> {
    const kept: vscode.Uri[] = [];
    for (const { name, bytes } of pictures) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const file = vscode.Uri.joinPath(this.folder, sha256.slice(0, 16), fileName(name, 'picture.png'));
      await vscode.workspace.fs.writeFile(file, bytes);
      kept.push(file);
    }
    await this.forgetOldest(new Set(kept.map((file) => vscode.Uri.joinPath(file, '..').toString())));
    return kept;
  }

  private async forgetOldest(inUse: ReadonlySet<string>): Promise<void> {
    const { fs } = vscode.workspace;
    const names = (await fs.readDirectory(this.folder)).map(([name]) => name);
    if (names.length <= MOST_KEPT) return;
    const folders = names.map((name) => vscode.Uri.joinPath(this.folder, name));
    const aged = await Promise.all(folders.map(async (folder) => ({ folder, time: (await fs.stat(folder)).mtime })));
    const oldest = aged.filter(({ folder }) => !inUse.has(String(folder))).sort((a, b) => a.time - b.time);
    for (const { folder } of oldest.slice(0, names.length - MOST_KEPT)) await fs.delete(folder, { recursive: true });
  }
}
