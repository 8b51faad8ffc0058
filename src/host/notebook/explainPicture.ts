import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { CallOptions } from '../../engine/client';
import type { Explanation } from '../../protocol/explanation';
import type { ExplanationOutput } from '../../protocol/notebook';
import type { EngineHost } from '../engineHost';
import { imageSource } from '../images/imageSource';
import type { CellRequest } from './language/cell';

/** The picture as the notebook in the editor may show it where its file is missing. */
const THUMBNAIL_SIDE = 512;

export interface NamedPicture {
  readonly uri: vscode.Uri;
  /** As records call it. */
  readonly name: string;
}

/**
 * All that one output holds: the picture explained with each method, one after the other.
 * The model of the window explains, whichever the cell names: there is one so far.
 *
 * @throws Error with one sentence; when the signal is aborted, too.
 */
export async function explainPicture(
  engine: EngineHost,
  { uri, name }: NamedPicture,
  request: Omit<CellRequest, 'images'>,
  options: CallOptions,
): Promise<ExplanationOutput> {
  const { client, model } = engine;
  const { methods, side: size, aspect, templates, threshold } = request;
  const prompts = request.prompts ?? (await engine.describeModel()).prompts;
  const image = await imageSource(uri);
  const explanations: Explanation[] = [];
  for (const method of methods) {
    const asked = { image, imageName: name, model, prompts, method, size, aspect, templates };
    explanations.push(await client.call('explain', asked, options));
  }
  const { bytes } = await client.call('thumbnail', { image, side: THUMBNAIL_SIDE }, { signal: options.signal });
  const thumbnail = Buffer.from(bytes).toString('base64');
  return { version: 1, id: randomUUID(), explanations, thumbnail, ...(threshold !== undefined && { threshold }) };
}
