import * as vscode from 'vscode';
import type { DeviceChoice } from '../../engine/devices/candidates';
import { providerName } from '../../protocol/execution';
import type { EngineHost } from '../engineHost';
import { showLogOffer, tellFailure } from '../models/telling';
import { deviceItems, type DeviceItem } from './deviceItems';
import { AUTOMATIC, chooseDevice, CUDA_LIBRARIES } from './deviceSettings';

/** "Select Device…": what may compute on this machine; what nothing is known of is tested meanwhile. */
export async function selectDevice({ devices, models }: Pick<EngineHost, 'devices' | 'models'>): Promise<void> {
  const { t } = vscode.l10n;
  const pick = vscode.window.createQuickPick<DeviceItem>();
  pick.title = t('Select Device');
  pick.placeholder = t('What computes the maps');
  pick.matchOnDescription = pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  pick.busy = true;
  const again = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: t('Test Again') };
  pick.buttons = [again];
  try {
    const chosen = new Promise<DeviceItem | undefined>((resolve) => {
      pick.onDidAccept(() => resolve(pick.selectedItems[0]));
      pick.onDidHide(() => resolve(undefined));
    });
    pick.show();
    const { folder: model } = await models.current();
    const { name } = await models.info();
    pick.title = t('Select Device for {0}', name);
    let asked = 0;
    const refresh = async () => {
      const turn = ++asked;
      const items = deviceItems(await devices.overview(model));
      if (turn === asked) show(pick, items);
    };
    const following = devices.onDidChange(() => {
      pick.busy = devices.running !== undefined;
      void refresh().catch(() => undefined); // the engine may just be ending
    });
    pick.onDidTriggerButton(() => void devices.test({ model, again: true }));
    await refresh();
    pick.busy = devices.running !== undefined;
    void devices.test({ model });
    const item = await chosen;
    following.dispose();
    pick.hide();
    if (item) await choose(item, (choice) => void devices.test({ model, choice, again: true }));
  } catch (error) {
    pick.hide();
    await tellFailure(error, [showLogOffer()]);
  } finally {
    pick.dispose();
  }
}

/** Shows other items in place of those that are shown; what is selected stays selected. */
function show(pick: vscode.QuickPick<DeviceItem>, items: readonly DeviceItem[]): void {
  const active = pick.activeItems[0]?.device;
  const named = ({ device }: DeviceItem) => JSON.stringify(device);
  pick.items = items;
  const same =
    items.find((item) => active !== undefined && named(item) === JSON.stringify(active)) ??
    items.find(({ iconPath }) => iconPath instanceof vscode.ThemeIcon && iconPath.id === 'check');
  if (same) pick.activeItems = [same];
}

async function choose(
  { device, isRetry, isMissing }: DeviceItem,
  retry: (choice: DeviceChoice) => void,
): Promise<void> {
  const { t } = vscode.l10n;
  if (device === undefined) return;
  if (isMissing) {
    await openMachineSetting(CUDA_LIBRARIES);
    return;
  }
  const choice = device === 'automatic' ? AUTOMATIC : { ...AUTOMATIC, ...device };
  await chooseDevice(choice);
  if (isRetry) retry(choice);
  const name = device === 'automatic' ? t('the fastest device') : providerName(device.provider);
  vscode.window.setStatusBarMessage(t('The next picture is explained on {0}.', name), 3000);
}

/** The user's own settings do not list what belongs to another machine. */
async function openMachineSetting(setting: string): Promise<void> {
  const command = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
  await vscode.commands.executeCommand(`workbench.action.${command}`, { query: `@id:${setting}` });
}
