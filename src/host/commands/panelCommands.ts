import * as vscode from 'vscode';
import type { Taken } from '../../protocol/panel';
import type { ExplainPanel } from '../panel/explainPanel';
import type { ExplainPanels } from '../panel/explainPanels';
import type { NumberFormat } from '../panel/numbers';

/** What is done with the panel in front: from its menus, and from the palette. */
export function registerPanelCommands(panels: ExplainPanels): vscode.Disposable[] {
  const register = (id: string, run: (panel: ExplainPanel, clicked: unknown) => unknown) =>
    vscode.commands.registerCommand(`clipSurgery.${id}`, (clicked: unknown) => {
      const { active } = panels;
      if (active?.explanation) return run(active, clicked);
      void vscode.window.showInformationMessage(vscode.l10n.t('There are no maps yet: explain an image first.'));
    });
  const take = (action: Taken['action']) => (panel: ExplainPanel, clicked: unknown) =>
    panel.take({ action, prompt: promptOf(clicked) });
  const takeAll = (action: Taken['action']) => (panel: ExplainPanel) => panel.take({ action });
  return [
    vscode.commands.registerCommand('clipSurgery.openPanel', () => panels.open()),
    register('copyTile', take('copy')),
    register('saveTile', take('save')),
    register('copyMaps', takeAll('copy')),
    register('saveMaps', takeAll('save')),
    register('copyNumbersAsCsv', (panel) => copyNumbers(panel, 'csv')),
    register('copyNumbersAsJson', (panel) => copyNumbers(panel, 'json')),
  ];
}

async function copyNumbers(panel: ExplainPanel, format: NumberFormat): Promise<void> {
  const { numbers } = await import('../panel/numbers');
  await vscode.env.clipboard.writeText(numbers(panel.explanation!, format));
  panel.say(vscode.l10n.t('numbers copied as {0}', format.toUpperCase()));
}

/** The word of the tile that was right-clicked. */
function promptOf(clicked: unknown): string | undefined {
  const { prompt } = (clicked ?? {}) as { prompt?: unknown };
  return typeof prompt === 'string' ? prompt : undefined;
}
