import * as vscode from 'vscode';
import { modelItems, type ModelItem } from './modelItems';
import type { ModelServices } from './services';

/** "Select Model…": what is here, what can be had, and ways to bring one's own; a button leads to the devices. */
export async function selectModel(services: ModelServices): Promise<void> {
  const { t } = vscode.l10n;
  const items = await modelItems(services);
  const pick = vscode.window.createQuickPick<ModelItem>();
  pick.title = t('Select Model');
  pick.placeholder = t('The CLIP that explains pictures');
  pick.matchOnDescription = pick.matchOnDetail = true;
  pick.buttons = [{ iconPath: new vscode.ThemeIcon('chip'), tooltip: t('Select Device…') }];
  pick.items = items;
  const choose = await new Promise<(() => unknown) | undefined>((resolve) => {
    pick.onDidAccept(() => resolve(pick.selectedItems[0]?.choose));
    pick.onDidTriggerButton(() => resolve(() => vscode.commands.executeCommand('clipSurgery.selectDevice')));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  await choose?.();
}
