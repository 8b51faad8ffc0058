import type * as vscode from 'vscode';
import type { Prompt } from '../file/prompt';
import type { ListedVocabulary } from '../vocabularies';

/** A workspace folder, where there are several. */
export interface FolderNode {
  readonly kind: 'folder';
  readonly resource: vscode.Uri;
  readonly name: string;
}

export interface VocabularyNode {
  readonly kind: 'vocabulary';
  readonly resource?: vscode.Uri;
  readonly vocabulary: ListedVocabulary;
}

export interface PromptNode {
  readonly kind: 'prompt';
  readonly resource?: vscode.Uri;
  readonly vocabulary: ListedVocabulary;
  readonly prompt: Prompt;
}

export type Node = FolderNode | VocabularyNode | PromptNode;

export function isPrompt(node: Node | undefined): node is PromptNode {
  return node?.kind === 'prompt';
}

/** Names a node across refreshes, so that what is open and chosen stays so. */
export function idOf(node: Node): string {
  const folder = node.resource?.toString() ?? '';
  switch (node.kind) {
    case 'folder':
      return JSON.stringify([folder]);
    case 'vocabulary':
      return JSON.stringify([folder, node.vocabulary.name]);
    case 'prompt':
      return JSON.stringify([folder, node.vocabulary.name, node.prompt.text]);
  }
}
