import * as vscode from 'vscode';
import type { StoredModel } from '../../models/store';
import { deleteModel, revealModel, verifyModel } from './modelActions';
import type { ModelServices } from './services';
import { sizeText } from './sizes';
import { showLogOffer, tellFailure } from './telling';

/** A button beside a model, and a row for whoever has no pointer. */
interface Action extends vscode.QuickPickItem, vscode.QuickInputButton {
  readonly iconPath: vscode.ThemeIcon;
  readonly tooltip: string;
  run(services: ModelServices, model: StoredModel): Promise<void>;
}

interface StoredItem extends vscode.QuickPickItem {
  readonly model: StoredModel;
}

/** "Manage Models…": the downloaded models with their sizes, and what can be done with them. */
export async function manageModels(services: ModelServices): Promise<void> {
  const { t } = vscode.l10n;
  const stored = await (await services.models.store()).list();
  if (stored.length === 0) {
    void vscode.window.showInformationMessage(t('No model was downloaded yet: “Select Model…” offers some.'));
    return;
  }
  const actions = allActions();
  const chosen = await chooseModel(stored, actions);
  if (!chosen) return;
  const { model } = chosen;
  const action = chosen.action ?? (await vscode.window.showQuickPick(actions, { title: model.record.name }));
  try {
    await action?.run(services, model);
  } catch (error) {
    await tellFailure(error, [showLogOffer()]);
  }
}

/** @returns undefined when the user left; no action where Enter chose the model */
async function chooseModel(stored: readonly StoredModel[], actions: readonly Action[]) {
  const pick = vscode.window.createQuickPick<StoredItem>();
  const total = stored.reduce((sum, { size }) => sum + size, 0);
  pick.title = vscode.l10n.t('Downloaded Models, {0} in All', sizeText(total));
  pick.placeholder = vscode.l10n.t('Choose a model to verify, reveal or delete it');
  pick.items = stored.map((model) => ({
    label: model.record.name,
    description: `${sizeText(model.size)} · ${stateOf(model)}`,
    detail: model.folder,
    buttons: actions,
    model,
  }));
  const chosen = await new Promise<{ model: StoredModel; action?: Action } | undefined>((resolve) => {
    pick.onDidTriggerItemButton(({ button, item }) => resolve({ model: item.model, action: button as Action }));
    pick.onDidAccept(() => resolve(pick.selectedItems[0] && { model: pick.selectedItems[0].model }));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  return chosen;
}

function stateOf({ record, isVerified }: StoredModel): string {
  const { t } = vscode.l10n;
  if (record.completed === undefined) return t('not complete');
  return isVerified ? t('verified') : t('changed since it was verified');
}

function allActions(): readonly Action[] {
  const { t } = vscode.l10n;
  const action = (label: string, icon: string, run: Action['run']): Action => {
    return { label, tooltip: label, iconPath: new vscode.ThemeIcon(icon), run };
  };
  return [
    action(t('Verify'), 'verified', verifyModel),
    action(t('Reveal Folder'), 'folder-opened', revealModel),
    action(t('Delete…'), 'trash', deleteModel),
  ];
}
