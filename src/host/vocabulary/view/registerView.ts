import * as vscode from 'vscode';
import { telling } from '../telling';
import type { Vocabularies } from '../vocabularies';
import { PromptDragAndDrop } from './dragAndDrop';
import type { Node } from './nodes';
import { registerViewCommands } from './viewCommands';
import { VocabularyTree } from './vocabularyTree';

/** The view "Vocabulary"; it reads nothing before it is shown. */
export function registerView(vocabularies: Vocabularies): vscode.Disposable[] {
  const tree = new VocabularyTree(vocabularies);
  const view = vscode.window.createTreeView<Node>('clipSurgery.vocabulary', {
    treeDataProvider: tree,
    dragAndDropController: new PromptDragAndDrop(vocabularies),
    canSelectMany: true,
    showCollapseAll: true,
    manageCheckboxStateManually: true,
  });
  return [
    tree,
    view,
    view.onDidChangeCheckboxState(({ items }) => telling(() => tree.check(items))),
    ...registerViewCommands(vocabularies, view),
  ];
}
