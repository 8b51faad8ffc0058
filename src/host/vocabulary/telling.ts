import * as vscode from 'vscode';
import { failureText } from '../errors';
import { EditRefused } from './writeEdit';

/**
 * Does what the user asked for; where that fails, says why, and offers the file where that helps.
 * @returns whether it was done
 */
export async function telling(run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    void tell(error);
    return false;
  }
}

async function tell(error: unknown): Promise<void> {
  if (!(error instanceof EditRefused)) {
    await vscode.window.showErrorMessage(failureText(error));
    return;
  }
  const open = vscode.l10n.t('Open File');
  const chosen = await vscode.window.showErrorMessage(error.message, open);
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', error.file);
}
