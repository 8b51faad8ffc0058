import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { DEFAULT_RESNET_KEYS, RESNET_KEYS, type ResNetKeys } from '../../protocol/explanation';

const MODEL = 'clipSurgery.model';
const FOLDER = 'clipSurgery.models.folder';
const RESNET = 'clipSurgery.resnetKeys';

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

/** How surgery changes the attention pool of a ResNet. */
export function resnetKeys(): ResNetKeys {
  const value = textOf(RESNET);
  return RESNET_KEYS.find((keys) => keys === value) ?? DEFAULT_RESNET_KEYS;
}

/** Whether another model may be meant now, or the same one may be somewhere else or computes otherwise. */
export function concernsModels(change: vscode.ConfigurationChangeEvent): boolean {
  return [MODEL, FOLDER, RESNET].some((setting) => change.affectsConfiguration(setting));
}

function textOf(setting: string): string {
  const value = vscode.workspace.getConfiguration().get<unknown>(setting);
  return typeof value === 'string' ? value.trim() : '';
}
