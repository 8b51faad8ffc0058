import * as vscode from 'vscode';
import { resourceInFront } from '../place';
import type { ListedVocabulary, Vocabularies } from '../vocabularies';
import { activeTarget, chooseTarget, type Target } from './targets';
import { together } from './together';

/** "Switch Vocabulary…": every map that follows shows the chosen one's prompts. */
export async function switchVocabulary(
  vocabularies: Vocabularies,
  resource: vscode.Uri | undefined = resourceInFront(),
): Promise<void> {
  const target = await chooseTarget(vocabularies, vscode.l10n.t('Switch Vocabulary'), resource);
  if (target) await useVocabulary(vocabularies, target);
}

export async function useVocabulary(vocabularies: Vocabularies, { resource, vocabulary }: Target): Promise<void> {
  if (vocabulary.isActive) return;
  const { setActive } = await import('../file/edits');
  await vocabularies.edit(setActive(vocabulary.name), resource);
}

/** "New Vocabulary…": an empty one, in use at once. */
export async function newVocabulary(vocabularies: Vocabularies): Promise<void> {
  const resource = resourceInFront();
  const title = vscode.l10n.t('New Vocabulary');
  const name = await askName(await vocabularies.list(resource), { title });
  if (name === undefined) return;
  const { putVocabulary, setActive } = await import('../file/edits');
  await vocabularies.edit(await together(putVocabulary(name, []), setActive(name)), resource);
}

/** "Duplicate Vocabulary…": a copy to play with, in use at once. */
export async function duplicateVocabulary(vocabularies: Vocabularies, target?: Target): Promise<void> {
  const { t } = vscode.l10n;
  const from = target ?? (await chooseTarget(vocabularies, t('Duplicate Vocabulary'), resourceInFront()));
  if (!from) return;
  const { resource, vocabulary } = from;
  const title = t('Duplicate “{0}”', vocabulary.name);
  const list = await vocabularies.list(resource);
  const name = await askName(list, { title, value: t('{0} copy', vocabulary.name) });
  if (name === undefined) return;
  const { putVocabulary, setActive } = await import('../file/edits');
  await vocabularies.edit(await together(putVocabulary(name, vocabulary.prompts), setActive(name)), resource);
}

/** "Rename Vocabulary…": one of the file; the built-in ones keep their names. */
export async function renameVocabulary(vocabularies: Vocabularies, target?: Target): Promise<void> {
  const { t } = vscode.l10n;
  const chosen = target ?? (await chooseOwn(vocabularies, t('Rename Vocabulary')));
  if (!chosen) return;
  const { resource, vocabulary } = chosen;
  const list = (await vocabularies.list(resource)).filter(({ name }) => name !== vocabulary.name);
  const to = await askName(list, { title: t('Rename “{0}”', vocabulary.name), value: vocabulary.name });
  if (to === undefined || to === vocabulary.name) return;
  const { renameVocabulary: rename } = await import('../file/edits');
  await vocabularies.edit(rename(vocabulary.name, to), resource);
}

/** "Delete Vocabulary…": nothing is asked, for it can be undone. */
export async function deleteVocabulary(vocabularies: Vocabularies, target?: Target): Promise<void> {
  const chosen = target ?? (await chooseOwn(vocabularies, vscode.l10n.t('Delete Vocabulary')));
  if (!chosen) return;
  const { deleteVocabulary: remove } = await import('../file/edits');
  await vocabularies.edit(remove(chosen.vocabulary.name), chosen.resource);
}

/** "Open Vocabulary File": where there is none yet, it begins with the words in use. */
export async function openVocabulary(vocabularies: Vocabularies): Promise<void> {
  const { resource, vocabulary } = await activeTarget(vocabularies);
  const file = vocabularies.fileOf(resource);
  const isThere = await vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const { putVocabulary } = await import('../file/edits');
    await vocabularies.edit(putVocabulary(vocabulary.name, vocabulary.prompts), resource);
  }
  await vscode.commands.executeCommand('vscode.open', file);
}

async function chooseOwn(vocabularies: Vocabularies, title: string): Promise<Target | undefined> {
  const resource = resourceInFront();
  const isOwn = ({ isBuiltIn }: ListedVocabulary) => !isBuiltIn;
  if ((await vocabularies.list(resource)).some(isOwn)) return chooseTarget(vocabularies, title, resource, isOwn);
  const message = vscode.l10n.t('There are only built-in vocabularies here, which stay: duplicate one to change it.');
  void vscode.window.showInformationMessage(message);
  return undefined;
}

async function askName(
  others: readonly ListedVocabulary[],
  options: { readonly title: string; readonly value?: string },
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const typed = await vscode.window.showInputBox({
    ...options,
    placeHolder: t('its name'),
    validateInput: (text) => {
      const name = text.trim();
      if (name === '' || /\p{Cc}/u.test(name)) return t('Type a name.');
      return others.some((other) => other.name === name) ? t('There is a vocabulary “{0}” already.', name) : undefined;
    },
  });
  return typed?.trim();
}
