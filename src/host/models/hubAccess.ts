import type * as vscode from 'vscode';
import type { Hub } from '../../models/hub/hub';
import type { HubCache } from '../../models/hub/hubCache';

const TOKEN = 'clipSurgery.hubToken';

/** The way to the hub: as the variables of its own tools say, with the token that the user keeps here. */
export class HubAccess {
  constructor(private readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>) {}

  /** @throws ModelDownloadError when HF_ENDPOINT is no address */
  async hub(): Promise<Hub> {
    const { Hub, hubOptionsOf } = await import('../../models/hub/hub');
    const options = hubOptionsOf(process.env);
    return new Hub({ ...options, token: (await this.secrets.get(TOKEN)) ?? options.token });
  }

  /** What the hub's own tools downloaded to this machine. */
  async cache(): Promise<HubCache> {
    const { HubCache, hubCacheFolder } = await import('../../models/hub/hubCache');
    return new HubCache(hubCacheFolder(process.env));
  }

  /** Keeps a token, or forgets the one that is kept. */
  async setToken(token: string): Promise<void> {
    await (token === '' ? this.secrets.delete(TOKEN) : this.secrets.store(TOKEN, token));
  }
}
