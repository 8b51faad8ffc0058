import * as vscode from 'vscode';
import { failureText } from '../errors';
import { NeedsTrust } from './trust';

/** Something that helps, on a button. */
export interface Offer {
  readonly title: string;
  run(): unknown;
}

const command = (title: string, id: string): Offer => ({ title, run: () => vscode.commands.executeCommand(id) });
export const selectModelOffer = () => command(vscode.l10n.t('Select Model…'), 'clipSurgery.selectModel');
export const showLogOffer = () => command(vscode.l10n.t('Show Log'), 'clipSurgery.showLog');
const trustOffer = () => command(vscode.l10n.t('Manage Workspace Trust'), 'workbench.trust.manage');

/** Says what went wrong, with what helps: trust where that is missing, else the offers. */
export async function tellFailure(error: unknown, offers: readonly Offer[]): Promise<void> {
  const helpful = error instanceof NeedsTrust ? [trustOffer()] : offers;
  const chosen = await vscode.window.showErrorMessage(failureText(error), ...helpful.map(({ title }) => title));
  await helpful.find(({ title }) => title === chosen)?.run();
}

/** Says why the embedded model takes the place of the chosen one. */
export function tellFallback(error: unknown): void {
  const offer = error instanceof NeedsTrust ? trustOffer() : selectModelOffer();
  const text = vscode.l10n.t('{0} The demo model explains instead.', failureText(error));
  void vscode.window
    .showWarningMessage(text, offer.title)
    .then((chosen) => (chosen === offer.title ? offer.run() : undefined));
}
