import * as vscode from 'vscode';
import { NOTEBOOK_TYPE } from '../../../protocol/notebook';
import { pictureOf } from './outputPictures';

/**
 * "Explain Image" below every cell, of whatever notebook, that has printed a picture. The editor asks for it at every
 * change of a cell: only the types of outputs are looked at.
 */
export class OutputStatusBar implements vscode.NotebookCellStatusBarItemProvider {
  static register(): vscode.Disposable {
    return vscode.notebooks.registerNotebookCellStatusBarItemProvider('*', new OutputStatusBar());
  }

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem | undefined {
    if (cell.notebook.notebookType === NOTEBOOK_TYPE) return undefined; // its cells do nothing else
    if (!cell.outputs.some(pictureOf)) return undefined;
    const { t } = vscode.l10n;
    const title = t('Explain Image');
    const item = new vscode.NotebookCellStatusBarItem(`$(eye) ${title}`, vscode.NotebookCellStatusBarAlignment.Right);
    item.command = { command: 'clipSurgery.explainOutput', title, arguments: [cell] };
    item.tooltip = t('See which parts of the picture CLIP ties to which words');
    item.accessibilityInformation = { label: title, role: 'button' };
    return item;
  }
}
