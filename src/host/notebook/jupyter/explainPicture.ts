import { randomUUID } from 'node:crypto';

import type { CallOptions } from '../../../engine/client';
import type { ExplainRequest, ImageSource } from '../../../protocol/engine';
import type { ExplanationOutput } from '../../../protocol/notebook';
import type { EngineHost } from '../../engineHost';
import { DEFAULT_SETTINGS } from '../../panel/panelState';

/** Pixels of the picture that is stored where there is no file, or might be none. */
const THUMBNAIL = 512;
/** Figures are for viewers without our renderer; in files that are kept under version control they stay small. */
const FIGURE_TILE = 320;

export interface PictureRequest extends Partial<Pick<ExplainRequest, 'prompts' | 'method' | 'size' | 'aspect'>> {
  readonly image: ImageSource;
  /** How the picture is called in the record. */
  readonly imageName: string;
}

/** One picture's maps as they are put into a notebook, by the model's own words unless told otherwise. */
export async function explainPicture(
  engine: EngineHost,
  { image, imageName, ...request }: PictureRequest,
  options: CallOptions = {},
): Promise<ExplanationOutput> {
  const { client, model } = engine;
  const { method, aspect } = DEFAULT_SETTINGS;
  const prompts = request.prompts ?? (await engine.describeModel()).prompts;
  const explanation = await client.call(
    'explain',
    { ...{ model, image, imageName, method, aspect }, ...request, prompts },
    options,
  );
  const thumbnail = await client.call('thumbnail', { image, side: THUMBNAIL }, options);
  return {
    version: 1,
    id: randomUUID(),
    explanations: [explanation],
    thumbnail: Buffer.from(thumbnail.bytes).toString('base64'),
  };
}

/** A PNG of the picture with all its maps, for viewers that know nothing of our outputs. */
export function figureOf(
  engine: EngineHost,
  { explanations, threshold }: ExplanationOutput,
  image: ImageSource,
): Promise<Uint8Array> {
  return engine.client.call('figure', { image, explanations, threshold, tileWidth: FIGURE_TILE });
}
