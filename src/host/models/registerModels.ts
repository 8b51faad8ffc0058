import * as vscode from 'vscode';
import { setHubToken } from './hubToken';
import type { ModelServices } from './services';

/** The commands about models; what they need is loaded with the first one. */
export function registerModels(services: ModelServices): vscode.Disposable[] {
  const commands: Readonly<Record<string, () => Promise<unknown>>> = {
    selectModel: async () => (await import('./selectModel')).selectModel(services),
    manageModels: async () => (await import('./manageModels')).manageModels(services),
    setHubToken: () => setHubToken(services.access),
    copyCitation: async () => (await import('./citation')).copyCitation(services.models),
  };
  return Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(`clipSurgery.${id}`, run));
}
