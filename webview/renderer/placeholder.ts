import type { ExplanationOutput } from '../../src/protocol/notebook';
import { fit, GAP } from '../camView/layout';

/** CSS pixels, as in the style sheets. */
const HEAD = 34;
const HEAD_LINES_BELOW = 720;
const HEADING = 24;
const CONTROLS = 40;
const READOUT = 9;
/** Where the controls are elsewhere. */
const READOUT_MARGIN = 8;
const READING = { height: 20, most: 60, width: 210, gap: 18, left: 140 };
/** Narrower methods stand below each other. */
export const METHOD = { least: 380, gap: 20 };

/** How high an output will be, so that nothing jumps when it is drawn. */
export function heightOf({ explanations }: ExplanationOutput, width: number, tilesHeight: number): number {
  const { image, prompts } = explanations[0]!;
  const count = explanations.length;
  const columns = Math.max(1, Math.min(count, Math.floor((width + METHOD.gap) / (METHOD.least + METHOD.gap))));
  const room = (width - METHOD.gap * (columns - 1)) / columns;
  const tiles = prompts.length + 1;
  const layout = fit(tiles, image.width / image.height, room, tilesHeight);
  const rows = Math.ceil(tiles / layout.columns);
  const grid = layout.scrolls ? Math.max(layout.height, tilesHeight) : rows * (layout.height + GAP) - GAP;
  const perRow = Math.max(1, Math.floor((room - READING.left + READING.gap) / (READING.width + READING.gap)));
  const readings = Math.min(READING.most, READING.height * Math.ceil(prompts.length / perRow));
  const method = grid + READOUT + readings + (count > 1 ? HEADING + READOUT_MARGIN : 0);
  const lines = Math.ceil(count / columns);
  const head = width < HEAD_LINES_BELOW ? 2 * HEAD - 4 : HEAD;
  return Math.round(head + lines * method + (lines - 1) * METHOD.gap + CONTROLS);
}
