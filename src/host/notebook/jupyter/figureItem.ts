import * as vscode from 'vscode';

/** Our output with a PNG beside the record: for GitHub, JupyterLab and all others that cannot draw the record. */
export function withFigure(output: vscode.NotebookCellOutput, png: Uint8Array): vscode.NotebookCellOutput {
  const [record, ...others] = output.items;
  const figure = new vscode.NotebookCellOutputItem(png, 'image/png');
  return new vscode.NotebookCellOutput([...(record ? [record] : []), figure, ...others], output.metadata);
}
