import * as vscode from 'vscode';
import { readCatalog } from '../../models/catalog';
import type { WantedModel } from '../../models/hub/planModel';
import { idOfRepository } from '../../models/names';
import { bringModel, use } from './bringModel';
import type { ModelServices } from './services';
import { tellFailure } from './telling';
import { requireTrust } from './trust';

/** "From Folder…": a model that is on this machine already, used where it is. */
export async function modelFromFolder(services: ModelServices): Promise<void> {
  const { t } = vscode.l10n;
  if (!(await isTrusted(t('A model is used from its own folder only in a trusted workspace.')))) return;
  const title = t('Folder with config.json, tokenizer.json and the safetensors of a CLIP');
  const options = { title, canSelectFiles: false, canSelectFolders: true, openLabel: t('Use') };
  const [folder] = (await vscode.window.showOpenDialog(options)) ?? [];
  if (folder) await use(services, folder.fsPath);
}

/** "From Hub Repository…": any CLIP of the hub, by its name. */
export async function modelFromRepository(services: ModelServices): Promise<void> {
  const { t } = vscode.l10n;
  if (!(await isTrusted(t('Models are downloaded only in a trusted workspace.')))) return;
  const named = await vscode.window.showInputBox({
    title: t('Hub Repository'),
    prompt: t('The name of a CLIP on the hub, and a branch or commit if it is not the main one.'),
    placeHolder: 'organisation/name@revision',
    ignoreFocusOut: true,
    validateInput: (text) =>
      wantedOf(text) ? undefined : t('Expected is “organisation/name” or “organisation/name@revision”.'),
  });
  const wanted = named === undefined ? undefined : wantedOf(named);
  if (wanted) await bringModel(services, wanted);
}

/** A model of the catalogue if that is meant; undefined for what is no repository's name. */
function wantedOf(text: string): WantedModel | undefined {
  const [, repository, revision] = /^([\w.-]+\/[\w.-]+)(?:@([\w./-]+))?$/.exec(text.trim()) ?? [];
  if (repository === undefined) return undefined;
  const known = readCatalog().models.find((model) => model.repository === repository);
  if (known && revision === undefined) return known;
  try {
    return { id: idOfRepository(repository), name: repository, repository, revision };
  } catch {
    return undefined;
  }
}

async function isTrusted(sentence: string): Promise<boolean> {
  try {
    requireTrust(sentence);
    return true;
  } catch (error) {
    await tellFailure(error, []);
    return false;
  }
}
