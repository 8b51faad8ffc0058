import * as vscode from 'vscode';
import type { DeviceChoice } from '../../engine/devices/candidates';
import { PRECISIONS, PROVIDERS } from '../../protocol/execution';

const PROVIDER = 'clipSurgery.executionProvider';
const PRECISION = 'clipSurgery.precision';
const LOW_MEMORY = 'clipSurgery.lowMemory';
export const CUDA_LIBRARIES = 'clipSurgery.cuda.libraries';

export const AUTOMATIC = { provider: 'auto', precision: 'auto' } as const satisfies DeviceChoice;

/** What the settings say; anything unknown leaves it to the extension. */
export function deviceChoice(): Required<DeviceChoice> {
  const [provider, precision] = [valueOf(PROVIDER), valueOf(PRECISION)];
  return {
    provider: PROVIDERS.find((name) => name === provider) ?? AUTOMATIC.provider,
    precision: PRECISIONS.find((name) => name === precision) ?? AUTOMATIC.precision,
  };
}

/** Writes both settings, each where it counts: a workspace that names one wins over the user's own. */
export async function chooseDevice({ provider, precision }: Required<DeviceChoice>): Promise<void> {
  await write(PROVIDER, provider);
  await write(PRECISION, precision);
}

/** The user's folder with the libraries of CUDA's provider; empty: none. */
export function cudaLibraries(): string {
  const folder = valueOf(CUDA_LIBRARIES);
  return typeof folder === 'string' ? folder.trim() : '';
}

export function isLowMemory(): boolean {
  return valueOf(LOW_MEMORY) === true;
}

/** Whether something else may compute from now on. */
export function concernsDevices(change: vscode.ConfigurationChangeEvent): boolean {
  return [PROVIDER, PRECISION].some((setting) => change.affectsConfiguration(setting));
}

/** Whether a running engine was started with something else. */
export function concernsEngine(change: vscode.ConfigurationChangeEvent): boolean {
  return [LOW_MEMORY, CUDA_LIBRARIES].some((setting) => change.affectsConfiguration(setting));
}

async function write(setting: string, value: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const isOfWorkspace = configuration.inspect(setting)?.workspaceValue !== undefined;
  const { Global, Workspace } = vscode.ConfigurationTarget;
  if (isOfWorkspace) await configuration.update(setting, value, Workspace);
  else await configuration.update(setting, value === 'auto' ? undefined : value, Global);
  // A setting that is gone on a remote machine lets the one of the user's own machine count.
  if (valueOf(setting) !== value) await configuration.update(setting, value, Global);
}

function valueOf(setting: string): unknown {
  return vscode.workspace.getConfiguration().get<unknown>(setting);
}
