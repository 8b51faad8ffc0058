import * as vscode from 'vscode';
import type { Stage } from '../../../protocol/engine';
import { failureText } from '../../errors';
import { stageText } from '../../stageText';
import { imagesAbove } from './cellImages';
import { imageSource } from '../../images/imageSource';
import { explainPicture } from '../explainPicture';
import type { CellRequest } from '../language/cell';
import { resolveImages } from '../language/imagePaths';
import { parseCell } from '../language/parseCell';
import { explanationOutput, failureOutput } from '../outputs';
import type { VocabularyServices } from '../../vocabulary/vocabularyWords';

export interface CellRun {
  readonly cell: vscode.NotebookCell;
  /** Started already. */
  readonly execution: Pick<vscode.NotebookCellExecution, 'appendOutput' | 'clearOutput'>;
  readonly signal: AbortSignal;
  /** Told what goes on, in words. */
  readonly onProgress: (stage: string) => void;
}

/**
 * Runs one cell: one output for each picture as soon as it is finished. A picture that fails leaves its
 * sentence and does not stop the others.
 *
 * @returns whether all went well
 */
export async function runCell(run: CellRun, services: VocabularyServices): Promise<boolean> {
  const { cell, execution, signal } = run;
  await execution.clearOutput();
  try {
    const work = await readCell(run, services);
    return work ? await explainAll(work, run, services) : true;
  } catch (error) {
    if (!signal.aborted)
      await execution.appendOutput(failureOutput(vscode.l10n.t('Cell {0}', cell.index + 1), failureText(error)));
    return false;
  }
}

interface CellWork {
  readonly request: CellRequest;
  /** An error stands for a path that leads to no picture. */
  readonly images: readonly (
    { readonly name: string; readonly uri: vscode.Uri } | { readonly name: string; readonly error: unknown }
  )[];
}

/**
 * @returns nothing for an empty cell
 * @throws Error with the first mistake in the cell, in one sentence
 */
async function readCell({ cell }: CellRun, services: VocabularyServices): Promise<CellWork | undefined> {
  const models = await services.engine.models.ids();
  const parse = (text: string) => parseCell(text, { models });
  const { request, problems } = parse(cell.document.getText());
  const mistake = problems.find(({ severity }) => severity === 'error');
  if (mistake) {
    const line = cell.document.positionAt(mistake.start).line + 1;
    throw new Error(vscode.l10n.t('Line {0}: {1}', line, mistake.message));
  }
  if (!request) return undefined;
  const paths = request.images ?? imagesAbove(cell, parse);
  if (!paths) throw new Error(vscode.l10n.t('No cell above names an image: say which with "image: ".'));
  return { request, images: await findImages(paths, cell.notebook.uri) };
}

/** Each path by itself, so that one that leads nowhere does not stop the others; each picture once. */
async function findImages(paths: readonly string[], notebook: vscode.Uri): Promise<CellWork['images']> {
  const images = new Map<string, CellWork['images'][number]>();
  for (const name of paths) {
    try {
      for (const { path, uri } of await resolveImages([name], notebook))
        images.set(uri.toString(), { name: path, uri });
    } catch (error) {
      images.set(name, { name, error });
    }
  }
  return [...images.values()];
}

async function explainAll({ request, images }: CellWork, run: CellRun, services: VocabularyServices): Promise<boolean> {
  const { execution, signal, onProgress } = run;
  let failures = 0;
  for (const [i, image] of images.entries()) {
    const place = images.length > 1 ? vscode.l10n.t('{0} of {1}: ', i + 1, images.length) : '';
    try {
      if ('error' in image) throw image.error;
      const onStage = (stage: Stage) => onProgress(place + stageText(stage));
      const picture = { image: await imageSource(image.uri), name: image.name, notebook: run.cell.notebook.uri };
      const output = await explainPicture(services, picture, request, { signal, onStage });
      if (signal.aborted) return stopped(i, images.length, run);
      await execution.appendOutput(explanationOutput(output));
    } catch (error) {
      if (signal.aborted) return stopped(i, images.length, run);
      failures++;
      await execution.appendOutput(failureOutput(image.name, failureText(error)));
    }
  }
  return failures === 0;
}

/** Says what is missing below the pictures that are there. */
async function stopped(done: number, all: number, { execution }: CellRun): Promise<false> {
  const note = vscode.l10n.t('{0} of {1} pictures were explained.', done, all);
  await execution.appendOutput(failureOutput(vscode.l10n.t('Interrupted'), note));
  return false;
}
