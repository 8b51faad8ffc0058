import * as vscode from 'vscode';
import type { Prompt } from '../file/prompt';
import { resourceInFront } from '../place';
import type { ListedVocabulary, Vocabularies } from '../vocabularies';

/** The vocabulary that a command is about, and the folder that it belongs to. */
export interface Target {
  readonly resource?: vscode.Uri;
  readonly vocabulary: ListedVocabulary;
}

/** The active vocabulary of the folder in front. */
export async function activeTarget(
  vocabularies: Vocabularies,
  resource: vscode.Uri | undefined = resourceInFront(),
): Promise<Target> {
  return { resource, vocabulary: await vocabularies.inUse(resource) };
}

/** What an edit starts with where the file does not hold the vocabulary yet. */
export function baseOf({ isBuiltIn, prompts }: ListedVocabulary): readonly Prompt[] | undefined {
  return isBuiltIn ? prompts : undefined;
}

/** Lets the user choose a vocabulary; the active one is marked and comes first. */
export async function chooseTarget(
  vocabularies: Vocabularies,
  title: string,
  resource: vscode.Uri | undefined,
  isOffered: (vocabulary: ListedVocabulary) => boolean = () => true,
): Promise<Target | undefined> {
  const { t } = vscode.l10n;
  const offered = (await vocabularies.list(resource)).filter(isOffered);
  const items = offered
    .toSorted((a, b) => Number(b.isActive) - Number(a.isActive))
    .map((vocabulary) => ({
      label: vocabulary.name,
      description: [countText(vocabulary), vocabulary.isActive && t('in use'), vocabulary.isBuiltIn && t('built-in')]
        .filter(Boolean)
        .join(' · '),
      iconPath: new vscode.ThemeIcon(vocabulary.isActive ? 'check' : 'blank'),
      vocabulary,
    }));
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  return chosen && { resource, vocabulary: chosen.vocabulary };
}

/** How many prompts a vocabulary has. */
export function countText({ prompts }: ListedVocabulary): string {
  const { t } = vscode.l10n;
  return prompts.length === 1 ? t('1 prompt') : t('{0} prompts', prompts.length);
}
