import * as vscode from 'vscode';
import { baseName } from '../../images/imageName';
import type { KeptPictures } from '../../images/keptPictures';
import type { ExplainPanels } from '../../panel/explainPanels';
import { explanationOutput } from '../outputs';
import { bytesName } from './bytesName';
import { replaceOutput, fresh } from './cellOutputs';
import { explainPicture } from '../explainPicture';
import { figureOf } from './figureOf';
import { failureText } from '../../errors';
import { findOutput, pictureOf, type OutputPicture, type PlacedOutput } from './outputPictures';
import { clickedPicture } from './clickedPicture';
import { withFigure } from './figureItem';
import type { RunningCells } from './runningCells';
import type { VocabularyServices } from '../../vocabulary/vocabularyWords';

export interface OutputServices extends VocabularyServices {
  readonly kept: KeptPictures;
  readonly panels: Pick<ExplainPanels, 'show'>;
  readonly running: RunningCells;
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
}

/** "Explain Image" and "Explain Below Output" for the pictures that cells of any notebook have printed. */
export function registerOutputCommands(services: OutputServices): vscode.Disposable[] {
  const register = (id: string, run: (picture: OutputPicture & PlacedOutput) => Promise<void>) =>
    vscode.commands.registerCommand(`clipSurgery.${id}`, async (clicked: unknown) => {
      try {
        const picture = await clickedPicture(clicked, services.engine);
        if (picture) await run(picture);
      } catch (error) {
        const message = failureText(error);
        services.log.error(message);
        void vscode.window.showErrorMessage(message);
      }
    });
  return [
    register('explainOutput', (picture) => showInPanel(picture, services)),
    register('explainBelowOutput', (picture) => explainBelow(picture, services)),
  ];
}

/** The panel shows files: the picture becomes one. */
export async function showInPanel(
  { cell, bytes, extension }: OutputPicture & PlacedOutput,
  { kept, panels }: OutputServices,
): Promise<void> {
  const name = vscode.l10n.t('{0} cell {1}', baseName(cell.notebook.uri), cell.index + 1);
  panels.show(await kept.keep([{ name: `${name}.${extension}`, bytes }]));
}

/** Puts the maps of a picture below it, in the same output area: one step that can be undone. */
export async function explainBelow(
  { cell, output, bytes, extension }: OutputPicture & PlacedOutput,
  { engine, vocabularies, running }: OutputServices,
): Promise<void> {
  if (!(await running.mayChange(cell))) return;
  const title = vscode.l10n.t('Explaining the picture');
  const image = { bytes };
  const answer = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async () => {
    const made = await explainPicture(
      { engine, vocabularies },
      { image, name: bytesName(bytes, extension), notebook: cell.notebook.uri },
    );
    return withFigure(explanationOutput(made), await figureOf(engine, made, image));
  });
  // Meanwhile the cell may have run again, or another answer was put into it, which gives outputs new names.
  const isSame = (other: vscode.NotebookCellOutput) => hasBytes(other, bytes);
  const find = () => findOutput([cell.notebook], (other) => other === output) ?? findOutput([cell.notebook], isSame);
  const place = find();
  if (place && !(await running.mayChange(place.cell))) return;
  await replaceOutput(find, (old) => [fresh(old), answer]);
}

function hasBytes(output: vscode.NotebookCellOutput, bytes: Uint8Array): boolean {
  const picture = pictureOf(output);
  return picture !== undefined && Buffer.compare(picture.bytes, bytes) === 0;
}
