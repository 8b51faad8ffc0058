import * as vscode from 'vscode';
import { ASPECTS, METHOD_NAMES, DEFAULT_ASPECT, DEFAULT_METHOD, TEMPLATE_SETS } from '../../../protocol/explanation';
import { notebookOf, rangeOf } from './cellDocuments';
import { OFFERED_SIDES, type CellKey } from './cellKeys';
import { completionPlace, unusedKeys, type KeyPlace, type ValuePlace } from './completionPlace';
import { keyHelp, methodHelp } from './help';
import { imagePathItems } from './imagePathItems';
import { writeWord } from './writeCell';

const { Property, EnumMember, Text, Value } = vscode.CompletionItemKind;

/** The models that cells may name. */
export interface KnownModels {
  readonly onDidChangeList: vscode.Event<void>;
  ids(): Promise<readonly string[]>;
}

export interface CompletionSources {
  readonly models: KnownModels;
  /** Words that the model knows. */
  words(): Promise<readonly string[]>;
}

/** Keys, names, pictures and words, as they are typed. */
export class CellCompletion implements vscode.CompletionItemProvider {
  static readonly triggerCharacters = [' ', ':', '[', ',', '/', '"', "'"];

  constructor(private readonly sources: CompletionSources) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const place = completionPlace(document.getText(), document.offsetAt(position));
    if (!place) return [];
    const items = place.kind === 'key' ? await this.keys(place) : await this.values(place, document);
    items.forEach((item, i) => {
      item.range ??= rangeOf(document, place);
      item.sortText = String(i).padStart(5, '0');
    });
    return items;
  }

  private async keys({ used, isBare }: KeyPlace): Promise<vscode.CompletionItem[]> {
    const keys = unusedKeys(used).map((key) => {
      const item = new vscode.CompletionItem(key, Property);
      const { text, example } = keyHelp(key);
      item.insertText = `${key}: `;
      item.detail = text;
      item.documentation = new vscode.MarkdownString().appendCodeblock(example, 'yaml');
      item.command = { command: 'editor.action.triggerSuggest', title: '' };
      return item;
    });
    return isBare ? [...keys, ...(await this.sources.words()).map((word) => named(word, Text))] : keys;
  }

  private async values(place: ValuePlace, document: vscode.TextDocument): Promise<vscode.CompletionItem[]> {
    if (place.key === 'image' || place.key === 'images') {
      const notebook = notebookOf(document)?.uri;
      return notebook ? imagePathItems(place, { document, notebook }) : [];
    }
    const items = await this.names(place.key);
    const isTaken = ({ label }: vscode.CompletionItem) => place.others.includes(textOf(label));
    const free = items.filter((item) => !isTaken(item));
    for (const item of free) item.insertText = written(textOf(item.label), place);
    return free;
  }

  private async names(key: Exclude<CellKey, 'image' | 'images'>): Promise<vscode.CompletionItem[]> {
    switch (key) {
      case 'prompts':
        return (await this.sources.words()).map((word) => named(word, Text));
      case 'method':
        return METHOD_NAMES.map((name) => named(name, EnumMember, methodHelp(name), name === DEFAULT_METHOD));
      case 'aspect':
        return ASPECTS.map((name) => named(name, EnumMember, undefined, name === DEFAULT_ASPECT));
      case 'templates':
        return TEMPLATE_SETS.map((name) => named(name, EnumMember));
      case 'model':
        return (await this.sources.models.ids()).map((name) => named(name, EnumMember));
      case 'size':
        return OFFERED_SIDES.map((side) => named(String(side), Value, vscode.l10n.t('{0} px', side)));
      case 'threshold':
        return ['0.25', '0.5', '0.75'].map((value) => named(value, Value));
    }
  }
}

function textOf(label: vscode.CompletionItem['label']): string {
  return typeof label === 'string' ? label : label.label;
}

function named(name: string, kind: vscode.CompletionItemKind, detail?: string, isUsual = false): vscode.CompletionItem {
  const item = new vscode.CompletionItem(name, kind);
  const parts = [detail, isUsual ? vscode.l10n.t('usual') : undefined].filter((part) => part !== undefined);
  if (parts.length > 0) item.detail = parts.join(' · ');
  return item;
}

/** With quotes where YAML needs them, and without where they are there. */
function written(name: string, { key, quote, needsSpace }: ValuePlace): string {
  const space = needsSpace ? ' ' : '';
  if (quote === '"') return `${space}${JSON.stringify(name).slice(1, -1)}`;
  if (quote === "'") return `${space}${name.replaceAll("'", "''")}`;
  return `${space}${key === 'prompts' ? writeWord(name) : name}`;
}
