import * as vscode from 'vscode';
import { countText } from '../commands/targets';
import { idOf, type Node, type PromptNode, type VocabularyNode } from './nodes';
import { swatch } from './swatch';

/** How a node looks, and what a screen reader says. */
export function treeItem(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case 'folder': {
      const item = new vscode.TreeItem(node.name, vscode.TreeItemCollapsibleState.Expanded);
      return Object.assign(item, { id: idOf(node), contextValue: 'folder', iconPath: vscode.ThemeIcon.Folder });
    }
    case 'vocabulary':
      return vocabularyItem(node);
    case 'prompt':
      return promptItem(node);
  }
}

function vocabularyItem(node: VocabularyNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { vocabulary } = node;
  const { isActive, isBuiltIn, leftOut } = vocabulary;
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(vocabulary.name, isActive ? Expanded : Collapsed);
  const facts = [
    countText(vocabulary),
    leftOut.size > 0 && t('{0} left out', leftOut.size),
    isActive && t('in use'),
    isBuiltIn && t('built-in'),
  ].filter((fact) => fact !== false);
  return Object.assign(item, {
    id: idOf(node),
    description: facts.join(' · '),
    contextValue: `vocabulary ${isActive ? 'active' : 'resting'} ${isBuiltIn ? 'builtIn' : 'own'}`,
    iconPath: new vscode.ThemeIcon(isActive ? 'check' : 'list-unordered'),
    tooltip: isBuiltIn ? t('A built-in vocabulary: the first change copies it into the vocabulary file.') : undefined,
    accessibilityInformation: { label: [t('Vocabulary {0}', vocabulary.name), ...facts].join(', ') },
  });
}

function promptItem(node: PromptNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { prompt, vocabulary } = node;
  const { text, label, group, negative, color } = prompt;
  const item = new vscode.TreeItem(label ?? text, vscode.TreeItemCollapsibleState.None);
  const isShown = !vocabulary.leftOut.has(text);
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  const facts = [label && text, group, negative && t('negative')].filter((fact) => typeof fact === 'string');
  return Object.assign(item, {
    id: idOf(node),
    description: facts.join(' · '),
    contextValue: 'prompt',
    iconPath: swatch(color) ?? new vscode.ThemeIcon(negative ? 'circle-slash' : 'circle-outline'),
    tooltip: tooltip(node),
    checkboxState: {
      state: isShown ? Checked : Unchecked,
      tooltip: isShown ? t('Leave out for a while') : t('Take in again'),
      accessibilityInformation: { label: text },
    },
    accessibilityInformation: {
      label: [label ?? text, ...facts, color && t('colour {0}', color)].filter(Boolean).join(', '),
    },
  });
}

function tooltip({ prompt: { text, group, negative } }: PromptNode): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const help = new vscode.MarkdownString();
  const say = (line: string) => help.appendText(line).appendMarkdown('\n\n');
  say(text);
  if (text.includes('|')) say(t('Synonyms: one map, of the member that fits best at each place.'));
  else if (/ \+ /.test(text)) say(t('A combination: one map, the mean of its members’.'));
  if (group) say(t('Group: {0}', group));
  if (negative) say(t('Negative: the others are compared with it, and it has no map.'));
  return help;
}
