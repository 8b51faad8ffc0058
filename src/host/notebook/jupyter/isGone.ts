import * as vscode from 'vscode';

export const isGone = () => vscode.l10n.t('The output is not there any more.');
