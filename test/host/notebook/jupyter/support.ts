import * as vscode from 'vscode';
import { ScratchFolder, workspaceFile } from '../../fixtures';

/** A copy of the example, and of the pictures that it names, in a folder of its own. */
export class ExampleNotebook {
  readonly folder = new ScratchFolder();
  document!: vscode.NotebookDocument;
  editor!: vscode.NotebookEditor;

  async open(change = (text: string) => text): Promise<this> {
    const content = await vscode.workspace.fs.readFile(workspaceFile('jupyter.ipynb'));
    for (const name of ['kitchen-table.png', 'farm.png']) this.folder.picture(name, name);
    const file = this.folder.file('harbour.ipynb', change(new TextDecoder().decode(content)));
    this.document = await vscode.workspace.openNotebookDocument(file);
    this.editor = await vscode.window.showNotebookDocument(this.document);
    return this;
  }

  /** Text of the outputs of a cell that compares: types and bytes. */
  outputs(cell: number): string[] {
    return this.document
      .cellAt(cell)
      .outputs.map(({ items }) =>
        items.map(({ mime, data }) => `${mime} ${Buffer.from(data).toString('base64')}`).join(),
      );
  }

  mimes(cell: number): string[][] {
    return this.document.cellAt(cell).outputs.map(({ items }) => items.map(({ mime }) => mime));
  }

  async undo(): Promise<void> {
    await vscode.window.showNotebookDocument(this.document);
    const changed = new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidChangeNotebookDocument(({ notebook }) => {
        if (notebook !== this.document) return;
        listener.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand('undo');
    await changed;
  }

  async close(): Promise<void> {
    await vscode.window.showNotebookDocument(this.document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    this.folder.remove();
  }
}
