import type * as vscode from 'vscode';
import { activeTarget } from './commands/targets';
import type { Vocabularies } from './vocabularies';

/**
 * "Save to Vocabulary": makes these the prompts that the active vocabulary shows. What it does not show, negatives
 * and prompts left out for a while, stays where it is.
 */
export async function savePrompts(
  vocabularies: Vocabularies,
  texts: readonly string[],
  resource?: vscode.Uri,
): Promise<void> {
  const { vocabulary } = await activeTarget(vocabularies, resource);
  const { setPrompts } = await import('./file/edits');
  const saved = [...texts.map((text) => ({ text }))];
  vocabulary.prompts.forEach((prompt, i) => {
    const isHidden = prompt.negative || vocabulary.leftOut.has(prompt.text);
    if (isHidden && !texts.includes(prompt.text)) saved.splice(Math.min(i, saved.length), 0, prompt);
  });
  await vocabularies.edit(setPrompts(vocabulary.name, saved), resource);
  const shown = texts.filter((text) => vocabulary.leftOut.has(text));
  if (shown.length > 0) await vocabularies.leaveOut(vocabulary.name, shown, false, resource);
}
