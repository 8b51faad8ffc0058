import * as vscode from 'vscode';
import type { ModelWords } from './builtIns';
import { addSelection, importWords } from './commands/bringWords';
import { addPrompts, removePrompts, renamePrompt } from './commands/promptCommands';
import { editTemplates, useTemplateSet } from './commands/templateCommands';
import {
  deleteVocabulary,
  duplicateVocabulary,
  newVocabulary,
  openVocabulary,
  renameVocabulary,
  switchVocabulary,
} from './commands/vocabularyCommands';
import { VocabularyDiagnostics } from './diagnostics';
import { savePrompts } from './savePrompts';
import { telling } from './telling';
import { Vocabularies } from './vocabularies';
import { registerView } from './view/registerView';

/** The palette's commands; each acts on the folder of the editor in front. */
const COMMANDS: Readonly<Record<string, (vocabularies: Vocabularies) => Promise<void>>> = {
  addPrompts,
  removePrompts,
  renamePrompt,
  switchVocabulary,
  newVocabulary,
  duplicateVocabulary,
  renameVocabulary,
  deleteVocabulary,
  useTemplateSet,
  editTemplates,
  importWords,
  addSelection,
  openVocabulary,
};

export interface RegisteredVocabulary {
  readonly vocabularies: Vocabularies;
  /** Makes these the shown prompts of the active vocabulary; answers whether they were saved. */
  savePrompts(texts: readonly string[], resource?: vscode.Uri): Promise<boolean>;
  /** Lets the user switch to another vocabulary. */
  chooseVocabulary(resource?: vscode.Uri): Promise<unknown>;
  readonly disposables: vscode.Disposable[];
}

/** Vocabularies with their commands, their view and the mistakes in their files. */
export function registerVocabulary(
  context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'workspaceState'>,
  model: ModelWords,
): RegisteredVocabulary {
  const vocabularies = new Vocabularies(context, model);
  const commands = Object.entries(COMMANDS).map(([id, run]) =>
    vscode.commands.registerCommand(`clipSurgery.${id}`, () => telling(() => run(vocabularies))),
  );
  const diagnostics = new VocabularyDiagnostics(vocabularies, context.globalStorageUri);
  return {
    vocabularies,
    savePrompts: (texts, resource) => telling(() => savePrompts(vocabularies, texts, resource)),
    chooseVocabulary: (resource) => telling(() => switchVocabulary(vocabularies, resource)),
    disposables: [vocabularies, diagnostics, ...commands, ...registerView(vocabularies)],
  };
}
