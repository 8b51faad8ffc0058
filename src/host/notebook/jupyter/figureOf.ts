import type { ImageSource } from '../../../protocol/engine';
import type { ExplanationOutput } from '../../../protocol/notebook';
import type { EngineHost } from '../../engineHost';

/** Figures are for viewers without our renderer; in files that are kept under version control they stay small. */
const FIGURE_TILE = 320;

/** A PNG of the picture with all its maps, for viewers that know nothing of our outputs. */
export function figureOf(
  engine: EngineHost,
  { explanations, threshold }: ExplanationOutput,
  image: ImageSource,
): Promise<Uint8Array> {
  return engine.client.call('figure', { image, explanations, threshold, tileWidth: FIGURE_TILE });
}
