import * as vscode from 'vscode';
import { readCatalog } from '../../models/catalog';
import { ModelDownloadError } from '../../models/errors';
import type { StoredModel } from '../../models/store';
import { download } from './bringModel';
import { barOf, cancellable } from './cancellable';
import { wantedAgain } from './modelItems';
import { chooseModel, chosenModel, EMBEDDED } from './modelSettings';
import type { ModelServices } from './services';
import { progressText, sizeText } from './sizes';

/** Reads all files of a model again, and offers to repair what is damaged. */
export async function verifyModel(services: ModelServices, { record, isVerified }: StoredModel): Promise<void> {
  const { models } = services;
  const { t } = vscode.l10n;
  const damaged = await cancellable(t('Verifying {0}', record.name), async (signal, report) =>
    (await models.store()).verify(record.id, { signal, onProgress: barOf(report, progressText) }),
  ).catch(unlessCancelled);
  if (!damaged) return;
  if (damaged.length === 0) {
    if (!isVerified) models.refresh(); // now it may run where the workspace is not trusted
    void vscode.window.showInformationMessage(t('All files of {0} are as they should be.', record.name));
    return;
  }
  const repair = t('Repair');
  const message = t('Damaged or missing in {0}: {1}.', record.name, damaged.join(', '));
  if ((await vscode.window.showWarningMessage(message, repair)) !== repair) return;
  const wanted = wantedAgain(record, readCatalog().models);
  if (await download(services, wanted)) {
    models.refresh();
    void vscode.window.showInformationMessage(t('{0} is whole again.', record.name));
  }
}

/** Deletes a model once the user confirms; one in use makes room for the embedded one. */
export async function deleteModel({ models }: ModelServices, { record, size }: StoredModel): Promise<void> {
  const { t } = vscode.l10n;
  const yes = t('Delete');
  const isInUse = chosenModel() === record.id;
  const detail = isInUse ? t('It is in use: the demo model takes its place.') : undefined;
  const question = t('Delete {0} and free {1}?', record.name, sizeText(size));
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) return;
  if (isInUse) await chooseModel(EMBEDDED);
  await (await models.store()).delete(record.id);
  models.refreshList();
}

export async function revealModel(_services: ModelServices, { folder }: StoredModel): Promise<void> {
  await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(folder));
}

function unlessCancelled(error: unknown): undefined {
  const isCancelled = error instanceof ModelDownloadError && error.code === 'cancelled';
  if (!isCancelled) throw error;
}
