import * as vscode from 'vscode';
import { baseName } from '../../images/imageName';
import type { VocabularyEdit } from '../file/edits';
import { isTooLarge } from '../fileText';
import { resourceInFront } from '../place';
import type { Vocabularies } from '../vocabularies';
import { activeTarget, baseOf, type Target } from './targets';
import { together } from './together';

/** "Import Words from File…": into the active vocabulary, or into a new one named after the file. */
export async function importWords(vocabularies: Vocabularies): Promise<void> {
  const { t } = vscode.l10n;
  const resource = resourceInFront();
  const chosen = await vscode.window.showOpenDialog({
    title: t('Import Words'),
    openLabel: t('Import'),
    filters: { [t('Word lists')]: ['txt', 'csv', 'tsv', 'names', 'list', 'md'], [t('All files')]: ['*'] },
    defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
  });
  const file = chosen?.[0];
  if (!file) return;
  if (isTooLarge((await vscode.workspace.fs.stat(file)).size)) {
    throw new Error(t('“{0}” is larger than 2 MB: split it first.', baseName(file)));
  }
  const { wordsOfFile } = await import('../file/words');
  const found = wordsOfFile(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  const words = await usable(found, baseName(file));
  if (words.length === 0) return;
  const edit = await askWhere(vocabularies, await activeTarget(vocabularies, resource), words, baseName(file));
  if (edit) await vocabularies.edit(edit, resource);
}

/** "Add Selection to Vocabulary": what is selected in any text editor; lines and commas separate prompts. */
export async function addSelection(vocabularies: Vocabularies): Promise<void> {
  const { t } = vscode.l10n;
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.selections.map((selection) => editor.document.getText(selection)).join('\n') ?? '';
  if (selected.trim() === '') {
    void vscode.window.showInformationMessage(t('Select some words in a text editor first.'));
    return;
  }
  await addText(vocabularies, await activeTarget(vocabularies), selected, t('the selection'));
}

/** Adds what some text names: lines and commas separate prompts. */
export async function addText(
  vocabularies: Vocabularies,
  { resource, vocabulary }: Target,
  text: string,
  source: string,
  at?: number,
): Promise<void> {
  const { splitPrompts } = await import('../file/words');
  const { addPrompts } = await import('../file/edits');
  const words = await usable(splitPrompts(text.replace(/[\r\n]+/g, ',')), source);
  if (words.length === 0) return;
  const prompts = words.map((word) => ({ text: word }));
  await vocabularies.edit(addPrompts(vocabulary.name, prompts, baseOf(vocabulary), at), resource);
  const message = vscode.l10n.t('Added to “{0}”: {1}', vocabulary.name, words.join(', '));
  vscode.window.setStatusBarMessage(message, 5000);
}

/** The words that can be prompts, no more than a vocabulary holds; says so where some are left out. */
async function usable(words: readonly string[], source: string): Promise<readonly string[]> {
  const { t } = vscode.l10n;
  const { MOST_PROMPTS, promptProblem } = await import('../file/words');
  const good = words.filter((word) => promptProblem(word) === undefined);
  const bad = words.find((word) => promptProblem(word) !== undefined);
  if (bad !== undefined) {
    const why = promptProblem(bad)!;
    void vscode.window.showWarningMessage(t('{0} of {1} were left out: {2}', words.length - good.length, source, why));
  } else if (good.length === 0) {
    void vscode.window.showWarningMessage(t('There are no words in {0}.', source));
  }
  if (good.length > MOST_PROMPTS) {
    const message = t('{0} has {1} words: the first {2} are used.', source, good.length, MOST_PROMPTS);
    void vscode.window.showWarningMessage(message);
  }
  return good.slice(0, MOST_PROMPTS);
}

async function askWhere(
  vocabularies: Vocabularies,
  { resource, vocabulary }: Target,
  words: readonly string[],
  fileName: string,
): Promise<VocabularyEdit | undefined> {
  const { t } = vscode.l10n;
  const { addPrompts, putVocabulary, setActive } = await import('../file/edits');
  const taken = new Set((await vocabularies.list(resource)).map(({ name }) => name));
  const stem = fileName.replace(/\.[^.]+$/, '') || fileName;
  let name = stem;
  for (let i = 2; taken.has(name); i++) name = `${stem} ${i}`;
  const prompts = words.map((text) => ({ text }));
  const description = words.length === 1 ? t('1 prompt') : t('{0} prompts', words.length);
  const places = [
    {
      label: t('Add to “{0}”', vocabulary.name),
      description,
      edit: () => Promise.resolve(addPrompts(vocabulary.name, prompts, baseOf(vocabulary))),
    },
    {
      label: t('New vocabulary “{0}”', name),
      description,
      edit: () => together(putVocabulary(name, prompts), setActive(name)),
    },
  ];
  const chosen = await vscode.window.showQuickPick(places, { title: t('Import Words') });
  return chosen?.edit();
}
