import * as vscode from 'vscode';
import type { Vocabularies } from '../vocabularies';
import { isPrompt, type FolderNode, type Node, type VocabularyNode } from './nodes';
import { treeItem } from './treeItem';

/** Vocabularies and their prompts; workspace folders above them where there are several. */
export class VocabularyTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly vocabularies: Vocabularies) {
    this.subscription = vocabularies.onDidChangeList(() => this.changed.fire());
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItem(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    switch (node?.kind) {
      case undefined: {
        const folders = vscode.workspace.workspaceFolders ?? [];
        if (folders.length < 2) return this.listed(folders[0]?.uri);
        return folders.map(({ uri, name }): FolderNode => ({ kind: 'folder', resource: uri, name }));
      }
      case 'folder':
        return this.listed(node.resource);
      case 'vocabulary': {
        const { resource, vocabulary } = node;
        return vocabulary.prompts.map((prompt) => ({ kind: 'prompt', resource, vocabulary, prompt }));
      }
      case 'prompt':
        return [];
    }
  }

  /** Prompts whose checkbox was changed: shown again, or left out for a while. */
  async check(changed: readonly (readonly [Node, vscode.TreeItemCheckboxState])[]): Promise<void> {
    for (const [node, state] of changed) {
      if (!isPrompt(node)) continue;
      const isLeftOut = state === vscode.TreeItemCheckboxState.Unchecked;
      await this.vocabularies.leaveOut(node.vocabulary.name, [node.prompt.text], isLeftOut, node.resource);
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  /** None where there is not a single prompt of one's own and none in use: then the view says how to begin. */
  private async listed(resource: vscode.Uri | undefined): Promise<VocabularyNode[]> {
    const list = await this.vocabularies.list(resource);
    const isEmpty = list.every(({ prompts, isActive, isBuiltIn }) => prompts.length === 0 || (isBuiltIn && !isActive));
    return isEmpty ? [] : list.map((vocabulary) => ({ kind: 'vocabulary', resource, vocabulary }));
  }
}
