import type { HubAccess } from './hubAccess';
import type { Models } from './models';

/** What the commands about models need of the window. */
export interface ModelServices {
  readonly models: Models;
  readonly access: HubAccess;
}
