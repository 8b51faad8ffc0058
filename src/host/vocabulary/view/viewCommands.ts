import * as vscode from 'vscode';
import { addPrompts, askNewText } from '../commands/promptCommands';
import { baseOf } from '../commands/targets';
import { together } from '../commands/together';
import { deleteVocabulary, duplicateVocabulary, renameVocabulary, useVocabulary } from '../commands/vocabularyCommands';
import { telling } from '../telling';
import type { Vocabularies } from '../vocabularies';
import { grouped } from './grouped';
import { isPrompt, type Node, type PromptNode, type VocabularyNode } from './nodes';

/** What is done with the view's items: from their buttons and menus, and with keys for those that are selected. */
export function registerViewCommands(vocabularies: Vocabularies, view: vscode.TreeView<Node>): vscode.Disposable[] {
  const register = (id: string, run: (nodes: readonly Node[]) => Promise<void>) =>
    vscode.commands.registerCommand(`clipSurgery.view.${id}`, (clicked?: Node, selected?: readonly Node[]) =>
      telling(() => run(selected ?? (clicked ? [clicked] : view.selection))),
    );
  const withVocabulary = (run: (node: VocabularyNode) => Promise<void>) => async (nodes: readonly Node[]) => {
    const node = nodes.find((found) => found.kind === 'vocabulary');
    if (node) await run(node);
  };
  return [
    register(
      'use',
      withVocabulary((node) => useVocabulary(vocabularies, node)),
    ),
    register(
      'add',
      withVocabulary((node) => addPrompts(vocabularies, node)),
    ),
    register(
      'duplicate',
      withVocabulary((node) => duplicateVocabulary(vocabularies, node)),
    ),
    register('rename', async ([node]) => {
      if (node?.kind === 'prompt') await askNewText(vocabularies, node, node.prompt.text);
      else if (node?.kind === 'vocabulary') await renameOwn(vocabularies, node);
    }),
    register('remove', async (nodes) => {
      const prompts = nodes.filter(isPrompt);
      if (prompts.length > 0) await removeNodes(vocabularies, prompts);
      else for (const node of nodes) if (node.kind === 'vocabulary') await deleteOwn(vocabularies, node);
    }),
  ];
}

/** One edit for each folder's file. */
async function removeNodes(vocabularies: Vocabularies, nodes: readonly PromptNode[]): Promise<void> {
  const { removePrompts } = await import('../file/edits');
  for (const inFolder of grouped(nodes, ({ resource }) => String(resource))) {
    const edits = grouped(inFolder, ({ vocabulary }) => vocabulary.name).map((same) => {
      const { vocabulary } = same[0]!;
      const texts = same.map(({ prompt }) => prompt.text);
      return removePrompts(vocabulary.name, texts, baseOf(vocabulary));
    });
    await vocabularies.edit(await together(...edits), inFolder[0]!.resource);
  }
}

async function renameOwn(vocabularies: Vocabularies, node: VocabularyNode): Promise<void> {
  if (!node.vocabulary.isBuiltIn) await renameVocabulary(vocabularies, node);
}

async function deleteOwn(vocabularies: Vocabularies, node: VocabularyNode): Promise<void> {
  if (!node.vocabulary.isBuiltIn) await deleteVocabulary(vocabularies, node);
}
