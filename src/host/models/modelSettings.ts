import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';

const MODEL = 'clipSurgery.model';
const FOLDER = 'clipSurgery.models.folder';

/** The model that the extension comes with. */
export const EMBEDDED = 'demo';

/** The model of the settings: an id, or the absolute path of a folder. */
export function chosenModel(): string {
  return textOf(MODEL) || EMBEDDED;
}

/** Writes the setting where it counts: a workspace that names a model wins over the user's own settings. */
export async function chooseModel(named: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const isOfWorkspace = configuration.inspect(MODEL)?.workspaceValue !== undefined;
  const { Global, Workspace } = vscode.ConfigurationTarget;
  await configuration.update(MODEL, named, isOfWorkspace ? Workspace : Global);
}

/** Where downloaded models are kept. */
export function modelsFolder(storage: vscode.Uri): string {
  const folder = textOf(FOLDER);
  return isAbsolute(folder) ? folder : join(storage.fsPath, 'models');
}

/** Whether another model may be meant now, or the same one may be somewhere else. */
export function concernsModels(change: vscode.ConfigurationChangeEvent): boolean {
  return [MODEL, FOLDER].some((setting) => change.affectsConfiguration(setting));
}

function textOf(setting: string): string {
  const value = vscode.workspace.getConfiguration().get<unknown>(setting);
  return typeof value === 'string' ? value.trim() : '';
}
