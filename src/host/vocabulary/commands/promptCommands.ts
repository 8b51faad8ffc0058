import * as vscode from 'vscode';
import type { Vocabularies } from '../vocabularies';
import { activeTarget, baseOf, type Target } from './targets';

/** "Add Prompt…": one or several, separated by commas. */
export async function addPrompts(vocabularies: Vocabularies, target?: Target): Promise<void> {
  const { t } = vscode.l10n;
  const { MOST_PROMPTS, promptProblem, splitPrompts } = await import('../file/words');
  const { addPrompts: add } = await import('../file/edits');
  const { resource, vocabulary } = target ?? (await activeTarget(vocabularies));
  const known = new Set(vocabulary.prompts.map(({ text }) => text));
  const typed = await vscode.window.showInputBox({
    title: t('Add Prompts to “{0}”', vocabulary.name),
    prompt: t(
      'A comma separates prompts; “sofa | couch” is one prompt with two names, “person + bench” both together.',
    ),
    placeHolder: t('red circle, blue square'),
    validateInput: (text) => {
      const texts = splitPrompts(text);
      const problem = texts.map(promptProblem).find((found) => found !== undefined);
      if (problem !== undefined) return problem;
      if (new Set([...known, ...texts]).size > MOST_PROMPTS) {
        return t('A vocabulary has at most {0} prompts.', MOST_PROMPTS);
      }
      const again = texts.find((word) => known.has(word));
      if (again === undefined) return undefined;
      const message = t('“{0}” is in this vocabulary already.', again);
      return { message, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  const texts = splitPrompts(typed ?? '').filter((text) => !known.has(text));
  if (texts.length === 0) return;
  const prompts = texts.map((text) => ({ text }));
  await vocabularies.edit(add(vocabulary.name, prompts, baseOf(vocabulary)), resource);
}

/** "Remove Prompts…": several can be chosen. */
export async function removePrompts(vocabularies: Vocabularies): Promise<void> {
  const target = await activeTarget(vocabularies);
  const title = vscode.l10n.t('Remove Prompts from “{0}”', target.vocabulary.name);
  const chosen = await vscode.window.showQuickPick(promptItems(target), { title, canPickMany: true });
  if (!chosen || chosen.length === 0) return;
  const texts = chosen.map(({ label }) => label);
  const { removePrompts: remove } = await import('../file/edits');
  await vocabularies.edit(remove(target.vocabulary.name, texts, baseOf(target.vocabulary)), target.resource);
}

/** "Rename Prompt…": what else is said about the prompt stays. */
export async function renamePrompt(vocabularies: Vocabularies): Promise<void> {
  const target = await activeTarget(vocabularies);
  const title = vscode.l10n.t('Rename a Prompt of “{0}”', target.vocabulary.name);
  const chosen = await vscode.window.showQuickPick(promptItems(target), { title });
  if (chosen) await askNewText(vocabularies, target, chosen.label);
}

/** Asks what a prompt shall be called, and renames it. */
export async function askNewText(vocabularies: Vocabularies, target: Target, text: string): Promise<void> {
  const { t } = vscode.l10n;
  const { promptProblem } = await import('../file/words');
  const { tidy } = await import('../file/prompt');
  const { renamePrompt: rename } = await import('../file/edits');
  const { resource, vocabulary } = target;
  const others = new Set(vocabulary.prompts.map((prompt) => prompt.text).filter((other) => other !== text));
  const typed = await vscode.window.showInputBox({
    title: t('Rename “{0}”', text),
    value: text,
    validateInput: (to) =>
      promptProblem(to) ?? (others.has(tidy(to)) ? t('“{0}” is in this vocabulary already.', tidy(to)) : undefined),
  });
  if (typed === undefined || tidy(typed) === text) return;
  await vocabularies.edit(rename(vocabulary.name, text, tidy(typed), baseOf(vocabulary)), resource);
}

function promptItems({ vocabulary }: Target): vscode.QuickPickItem[] {
  return vocabulary.prompts.map(({ text, label }) => ({ label: text, description: label }));
}
