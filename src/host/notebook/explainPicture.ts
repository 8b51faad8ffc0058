import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { CallOptions } from '../../engine/client';
import type { ImageSource } from '../../protocol/engine';
import type { Explanation, TemplateChoice } from '../../protocol/explanation';
import type { ExplanationOutput } from '../../protocol/notebook';
import { resnetKeys } from '../models/modelSettings';
import { withModel } from '../models/usableModel';
import { DEFAULT_SETTINGS } from '../panel/panelState';
import { vocabularyWords, withLooks, type VocabularyServices } from '../vocabulary/vocabularyWords';
import type { CellRequest } from './language/cell';

/** The picture as the notebook in the editor may show it where its file is missing. */
const THUMBNAIL_SIDE = 512;

export interface NamedPicture {
  readonly image: ImageSource;
  /** As records call it. */
  readonly name: string;
  /** The notebook: it says which workspace folder's vocabulary is followed. */
  readonly notebook: vscode.Uri;
}

/** Whatever is left out is as in a new panel. */
export type PictureRequest = Partial<Omit<CellRequest, 'images' | 'templates'>> & {
  readonly templates?: TemplateChoice;
};

/**
 * All that one output holds: the picture explained with each method, one after the other.
 * The model that the request names explains, else the one in use.
 *
 * @throws Error with one sentence; when the signal is aborted, too.
 */
export async function explainPicture(
  services: VocabularyServices,
  { image, name, notebook }: NamedPicture,
  request: PictureRequest = {},
  options: CallOptions = {},
): Promise<ExplanationOutput> {
  const { engine } = services;
  const { client, models } = engine;
  const model = request.model === undefined ? await models.current() : await models.named(request.model);
  const { methods = [DEFAULT_SETTINGS.method], side: size, threshold } = request;
  const aspect = request.aspect ?? DEFAULT_SETTINGS.aspect;
  const followed = request.prompts
    ? undefined
    : await vocabularyWords(services, { resource: notebook, model }, options);
  const prompts = request.prompts ?? followed!.prompts;
  const templates = request.templates ?? followed?.templates;
  const words = { prompts, distractors: followed?.distractors, templates };
  const explanations: Explanation[] = [];
  for (const method of methods) {
    const asked = {
      image,
      imageName: name,
      model: model.folder,
      ...words,
      method,
      size,
      aspect,
      resnetKeys: resnetKeys(),
    };
    const explanation = withModel(await engine.explain(asked, options), model);
    explanations.push(withLooks(explanation, followed?.looks ?? {}));
  }
  const { bytes } = await client.call('thumbnail', { image, side: THUMBNAIL_SIDE }, { signal: options.signal });
  const thumbnail = Buffer.from(bytes).toString('base64');
  return {
    version: 1,
    id: randomUUID(),
    explanations,
    thumbnail,
    ...(threshold !== undefined && { threshold }),
    ...(followed && { vocabulary: followed.vocabulary }),
  };
}
