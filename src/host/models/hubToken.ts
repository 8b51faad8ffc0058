import * as vscode from 'vscode';
import type { HubAccess } from './hubAccess';

/**
 * "Set Hugging Face Token…": asks for one; an empty one removes the one that is kept.
 * @returns whether anything was entered
 */
export async function setHubToken(access: HubAccess): Promise<boolean> {
  const { t } = vscode.l10n;
  const token = await vscode.window.showInputBox({
    title: t('Hugging Face Token'),
    prompt: t('For models that are private or have terms; kept in the secret storage. Leave it empty to remove it.'),
    password: true,
    ignoreFocusOut: true, // it is copied from a page of the browser
    validateInput: (text) => (/^[!-~]*$/.test(text.trim()) ? undefined : t('A token has no spaces: copy it again.')),
  });
  if (token === undefined) return false;
  await access.setToken(token.trim());
  const said = token.trim() === '' ? t('The Hugging Face token was removed.') : t('The Hugging Face token is kept.');
  vscode.window.setStatusBarMessage(said, 3000);
  return true;
}
