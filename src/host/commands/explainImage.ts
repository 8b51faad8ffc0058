import * as vscode from 'vscode';
import { imageTargets } from '../images/imageTarget';
import type { ExplainPanels } from '../panel/explainPanels';

/** "Explain Image" and "Explain Images": menu titles are fixed, so one command each. */
export function registerExplainCommands(panels: ExplainPanels): vscode.Disposable[] {
  const explain = async (clicked: unknown, selection: unknown) => {
    const images = await imageTargets(clicked, selection);
    if (images && images.length > 0) panels.show(images);
  };
  return ['clipSurgery.explainImage', 'clipSurgery.explainImages'].map((id) =>
    vscode.commands.registerCommand(id, explain),
  );
}
