import * as vscode from 'vscode';
import type { Execution } from '../../protocol/execution';
import { showLogOffer, type Offer } from '../models/telling';
import { executionName, takesOver } from './deviceWords';

/** What does not work, why, and what computes in its place. */
export interface Replaced {
  readonly of: Pick<Execution, 'provider'> & Partial<Execution>;
  readonly reason: string;
  /** Whether it did work before. */
  readonly worked: boolean;
  readonly by: Execution;
}

/** "WebGPU stopped working: The device was lost. The CPU goes on." */
export function tellReplaced({ of, reason, worked, by }: Replaced): void {
  const { t } = vscode.l10n;
  const device: Offer = {
    title: t('Select Device…'),
    run: () => vscode.commands.executeCommand('clipSurgery.selectDevice'),
  };
  const offers = [device, showLogOffer()];
  const name = executionName(of);
  const text = worked
    ? t('{0} stopped working: {1} {2}', name, reason, takesOver(by))
    : t('{0} does not work here: {1} {2}', name, reason, takesOver(by));
  void vscode.window
    .showWarningMessage(text, ...offers.map(({ title }) => title))
    .then((pressed) => offers.find(({ title }) => title === pressed)?.run());
}
