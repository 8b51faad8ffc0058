import * as vscode from 'vscode';
import { ModelDownloadError } from '../../models/errors';
import type { HubAccess } from './hubAccess';
import { setHubToken } from './hubToken';
import { showLogOffer, tellFailure, type Offer } from './telling';

/**
 * Does something with the hub; where that fails, says why and does it again if the user wants to.
 * @returns undefined when it was given up; being cancelled is giving up, too
 */
export async function persistently<T>(access: HubAccess, attempt: () => Promise<T>): Promise<T | undefined> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const code = error instanceof ModelDownloadError ? error.code : undefined;
      if (code === 'cancelled') return undefined;
      let isAgain = false;
      const again: Offer = { title: vscode.l10n.t('Try Again'), run: () => (isAgain = true) };
      const token: Offer = {
        title: vscode.l10n.t('Set Token…'),
        run: async () => (isAgain = await setHubToken(access)),
      };
      await tellFailure(error, [...(code === 'unauthorized' ? [token] : []), again, showLogOffer()]);
      if (!isAgain) return undefined;
    }
  }
}
