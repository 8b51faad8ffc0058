import * as vscode from 'vscode';
import { modelItems } from './modelItems';
import type { ModelServices } from './services';

/** "Select Model…": what is here, what can be had, and ways to bring one's own. */
export async function selectModel(services: ModelServices): Promise<void> {
  const { t } = vscode.l10n;
  const options = {
    title: t('Select Model'),
    placeHolder: t('The CLIP that explains pictures'),
    matchOnDescription: true,
    matchOnDetail: true,
  };
  const chosen = await vscode.window.showQuickPick(await modelItems(services), options);
  await chosen?.choose?.();
}
