import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ModelWords } from '../../../src/host/vocabulary/builtIns';
import { Vocabularies } from '../../../src/host/vocabulary/vocabularies';
import { ScratchFolder } from '../fixtures';

const SETTING = 'clipSurgery.vocabulary.file';

/**
 * A vocabulary file of the test's own, which the setting leads to: the workspace stays as it is. Every `reset` makes
 * another one, for VS Code remembers documents longer than they are shown.
 */
export class VocabularyPlace {
  private readonly folder = new ScratchFolder();
  private count = 0;

  get uri(): vscode.Uri {
    return vscode.Uri.file(path.join(this.folder.path, this.name));
  }

  /** With this text, or absent. */
  async reset(text?: string): Promise<void> {
    await closeAll();
    this.count++;
    mkdirSync(path.dirname(this.uri.fsPath));
    if (text !== undefined) this.write(text);
    const root = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
    await setFile(path.relative(root, this.uri.fsPath));
  }

  write(text: string): void {
    this.folder.file(this.name, text);
  }

  /** Another file beside it. */
  file(name: string, text: string): vscode.Uri {
    return this.folder.file(name, text);
  }

  /** What is on disk. */
  get text(): string | undefined {
    return existsSync(this.uri.fsPath) ? readFileSync(this.uri.fsPath, 'utf8') : undefined;
  }

  async remove(): Promise<void> {
    await closeAll();
    await setFile(undefined);
    this.folder.remove();
  }

  private get name(): string {
    return `${this.count}/clip-vocabulary.json`;
  }
}

async function setFile(name: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration().update(SETTING, name, vscode.ConfigurationTarget.Global);
}

export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

const modelWords: ModelWords = {
  onDidChange: new vscode.EventEmitter<void>().event,
  vocabulary: () => Promise.resolve('demo'),
  words: () => Promise.resolve(['red circle', 'blue square']),
};

/** Keeps what is left out in memory. */
export class Memento implements vscode.Memento {
  private readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string, otherwise?: T): T {
    return (this.values.get(key) ?? otherwise) as T;
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}

/** Vocabularies beside the extension's own. */
export function ownVocabularies(model: Partial<ModelWords> = {}, storage = vscode.Uri.file('/nowhere')): Vocabularies {
  return new Vocabularies({ globalStorageUri: storage, workspaceState: new Memento() }, { ...modelWords, ...model });
}

/** Resolves with what an event brings next; fails where nothing comes. */
export function next<T>(event: vscode.Event<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not within 20 seconds: ${what}`)), 20_000);
    const subscription = event((value) => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(value);
    });
  });
}

type Items = readonly vscode.QuickPickItem[];

/** What the user does in the boxes that come up. */
export interface Answers {
  /** Checked as if it were typed: an answer with a mistake is not taken. */
  readonly input?: string;
  /** Labels that are chosen. */
  readonly pick?: string | readonly string[];
  readonly file?: vscode.Uri;
}

/** What was shown meanwhile. */
export interface Asked {
  readonly messages: string[];
  readonly items: Items[];
  problem?: string | vscode.InputBoxValidationMessage;
}

/** Runs something while a user answers. */
export async function answering(answers: Answers, run: () => Thenable<unknown>): Promise<Asked> {
  const asked: Asked = { messages: [], items: [] };
  const { showInputBox, showQuickPick, showOpenDialog } = vscode.window;
  const { showInformationMessage, showWarningMessage, showErrorMessage } = vscode.window;
  const message = (text: string) => Promise.resolve(void asked.messages.push(text));
  Object.assign(vscode.window, {
    showInputBox: async (options: vscode.InputBoxOptions) => {
      const typed = answers.input;
      if (typed === undefined) return undefined;
      asked.problem = (await options.validateInput?.(typed)) ?? undefined;
      return typeof asked.problem === 'string' ? undefined : typed;
    },
    showQuickPick: (items: Items, options: vscode.QuickPickOptions) => {
      asked.items.push(items);
      const chosen = items.filter(({ label }) => [answers.pick].flat().includes(label));
      return Promise.resolve(options.canPickMany ? chosen : chosen[0]);
    },
    showOpenDialog: () => Promise.resolve(answers.file && [answers.file]),
    showInformationMessage: message,
    showWarningMessage: message,
    showErrorMessage: message,
  });
  try {
    await run();
  } finally {
    Object.assign(vscode.window, { showInputBox, showQuickPick, showOpenDialog });
    Object.assign(vscode.window, { showInformationMessage, showWarningMessage, showErrorMessage });
  }
  return asked;
}

/** Ctrl+Z in the file's editor. */
export async function undo(file: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(file);
  await vscode.commands.executeCommand('undo');
}

/** The text of the file's document. */
export async function shownText(file: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(file)).getText();
}

export async function typeInto(file: vscode.Uri, text: string): Promise<void> {
  const editor = await vscode.window.showTextDocument(file);
  const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
  assert.ok(await editor.edit((edit) => edit.replace(all, text)));
}
