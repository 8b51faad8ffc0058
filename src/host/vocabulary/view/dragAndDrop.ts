import * as vscode from 'vscode';
import { addText } from '../commands/bringWords';
import { baseOf, type Target } from '../commands/targets';
import { telling } from '../telling';
import type { Vocabularies } from '../vocabularies';
import { grouped } from './grouped';
import { isPrompt, type Node, type PromptNode } from './nodes';

/** What VS Code calls things dragged out of the view. */
export const DRAGGED = 'application/vnd.code.tree.clipsurgery.vocabulary';
const TEXT = 'text/plain';

/** Prompts are dragged to another place or vocabulary; any text that is dropped becomes prompts. */
export class PromptDragAndDrop implements vscode.TreeDragAndDropController<Node> {
  readonly dragMimeTypes = [TEXT];
  readonly dropMimeTypes = [DRAGGED, TEXT];

  constructor(private readonly vocabularies: Vocabularies) {}

  handleDrag(nodes: readonly Node[], transfer: vscode.DataTransfer): void {
    const prompts = nodes.filter(isPrompt);
    if (prompts.length === 0) return;
    transfer.set(DRAGGED, new vscode.DataTransferItem(prompts));
    transfer.set(TEXT, new vscode.DataTransferItem(prompts.map(({ prompt }) => prompt.text).join('\n')));
  }

  async handleDrop(on: Node | undefined, transfer: vscode.DataTransfer): Promise<void> {
    await telling(async () => {
      const target = await this.targetOf(on);
      const dragged = promptsIn(transfer);
      const isSameFile = dragged[0] && String(dragged[0].resource) === String(target.resource);
      if (isSameFile) return this.move(dragged, target, isPrompt(on) ? on.prompt.text : undefined);
      const text = await transfer.get(TEXT)?.asString();
      const place = isPrompt(on) ? target.vocabulary.prompts.findIndex((p) => p.text === on.prompt.text) : -1;
      const at = place < 0 ? undefined : place;
      if (text) await addText(this.vocabularies, target, text, vscode.l10n.t('what was dropped'), at);
    });
  }

  /** Of each vocabulary that prompts were dragged from, in turn. */
  private async move(dragged: readonly PromptNode[], target: Target, before: string | undefined): Promise<void> {
    const { movePrompts } = await import('../file/edits');
    const { together } = await import('../commands/together');
    const list = await this.vocabularies.list(target.resource);
    const base = (name: string) => {
      const vocabulary = list.find((listed) => listed.name === name);
      return vocabulary && baseOf(vocabulary);
    };
    const moves = grouped(dragged, ({ vocabulary }) => vocabulary.name).map((same) => {
      const texts = same.map(({ prompt }) => prompt.text);
      return movePrompts({ from: same[0]!.vocabulary.name, texts, to: target.vocabulary.name, before }, base);
    });
    await this.vocabularies.edit(await together(...moves), target.resource);
  }

  /** Where something is dropped; on nothing, it is the active vocabulary of the first folder. */
  private async targetOf(on: Node | undefined): Promise<Target> {
    if (on && on.kind !== 'folder') return on;
    const resource = on?.resource ?? vscode.workspace.workspaceFolders?.[0]?.uri;
    return { resource, vocabulary: await this.vocabularies.inUse(resource) };
  }
}

/** What was dragged out of this view in this window; from other windows only the text arrives. */
function promptsIn(transfer: vscode.DataTransfer): readonly PromptNode[] {
  const value: unknown = transfer.get(DRAGGED)?.value;
  return Array.isArray(value) ? (value as readonly PromptNode[]) : [];
}
