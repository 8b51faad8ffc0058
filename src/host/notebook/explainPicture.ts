import { randomUUID } from 'node:crypto';
import type { CallOptions } from '../../engine/client';
import type { ImageSource } from '../../protocol/engine';
import type { Explanation } from '../../protocol/explanation';
import type { ExplanationOutput } from '../../protocol/notebook';
import type { EngineHost } from '../engineHost';
import { DEFAULT_SETTINGS } from '../panel/panelState';
import type { CellRequest } from './language/cell';

/** The picture as the notebook in the editor may show it where its file is missing. */
const THUMBNAIL_SIDE = 512;

export interface NamedPicture {
  readonly image: ImageSource;
  /** As records call it. */
  readonly name: string;
}

/** Whatever is left out is as in a new panel. */
export type PictureRequest = Partial<Omit<CellRequest, 'images'>>;

/**
 * All that one output holds: the picture explained with each method, one after the other.
 * The model of the window explains, whichever the cell names: there is one so far.
 *
 * @throws Error with one sentence; when the signal is aborted, too.
 */
export async function explainPicture(
  engine: EngineHost,
  { image, name }: NamedPicture,
  request: PictureRequest = {},
  options: CallOptions = {},
): Promise<ExplanationOutput> {
  const { client, model } = engine;
  const { methods = [DEFAULT_SETTINGS.method], side: size, templates, threshold } = request;
  const aspect = request.aspect ?? DEFAULT_SETTINGS.aspect;
  const prompts = request.prompts ?? (await engine.describeModel()).prompts;
  const explanations: Explanation[] = [];
  for (const method of methods) {
    const asked = { image, imageName: name, model, prompts, method, size, aspect, templates };
    explanations.push(await client.call('explain', asked, options));
  }
  const { bytes } = await client.call('thumbnail', { image, side: THUMBNAIL_SIDE }, { signal: options.signal });
  const thumbnail = Buffer.from(bytes).toString('base64');
  return { version: 1, id: randomUUID(), explanations, thumbnail, ...(threshold !== undefined && { threshold }) };
}
