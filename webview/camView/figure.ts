import { t } from '@vscode/l10n';
import { providerName } from '../../src/protocol/execution';
import type { Explanation } from '../../src/protocol/explanation';
import { WHOLE } from '../../src/heatmap/region';
import { colorBar } from './colorBar';
import { figureLayout, type FigureLayout } from '../../src/heatmap/figureLayout';
import { ellipsis, fontOf, wrapped } from '../../src/heatmap/figureText';
import type { Look } from './look';
import { MapPainter } from './mapPainter';
import { sharedRange, type Maps } from './maps';
import { pixelsOf, type Picture } from './picture';
import { legendTexts, methodText, scoreMeaning, scoreText, templatesName } from './texts';
import type { WordLooks } from './wordLooks';

export interface Figure {
  /** A PNG. */
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
  /** Pixels of a tile per pixel of the picture; below 1 where the figure would have become too large. */
  readonly scale: number;
}

interface Shown {
  readonly picture: Picture | undefined;
  readonly words: readonly string[];
  readonly maps: Maps | undefined;
  readonly look: Look;
  readonly looks: WordLooks;
}

type Context = OffscreenCanvasRenderingContext2D;

/** Tile widths per pixel of the contour's line. */
const TILES_PER_LINE = 320;

/**
 * Composes what is shown into one picture: a word's tile, or the plain picture and all tiles; with scores,
 * colour bar and one line on how it was made.
 */
export async function composeFigure(shown: Shown, word?: string): Promise<Figure> {
  const { picture, maps, look } = shown;
  if (!maps) throw new Error(t('There are no maps yet.'));
  if (!picture?.source) throw new Error(t('The picture is not there yet.'));
  const present = shown.words.flatMap((one) => maps.words.get(one) ?? []);
  const chosen = word === undefined ? [undefined, ...present] : present.filter(({ text }) => text === word);
  if (chosen.length === 0) throw new Error(t('There is no map of “{0}” yet.', word!));

  const facts = factsOf(maps, look);
  const measure = contextOf(1, 1);
  const layout = figureLayout({
    ...{ count: chosen.length, width: picture.width, height: picture.height },
    lineCount: (smallFont, room) => wrapped(measure, facts, fontOf(smallFont), room).length,
  });
  const context = contextOf(layout.width, layout.height);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, layout.width, layout.height);
  // Before anything is awaited: the page may let go of the picture when it shows another one.
  const pixels = pixelsOf(picture, layout.tile.width, layout.tile.height)!;
  const shared = sharedRange(present);
  for (const [i, map] of chosen.entries()) {
    const { x, y } = layout.tiles[i]!;
    const tile = contextOf(layout.tile.width, layout.tile.height);
    if (map) {
      const color = shown.looks.colorOf(map.text);
      const lineWidth = Math.max(1.5, (1.5 * layout.tile.width) / TILES_PER_LINE);
      new MapPainter().paint(tile, pixels, map, { look, shared, grid: maps.grid, region: WHOLE, color, lineWidth });
    } else tile.putImageData(pixels, 0, 0);
    // Drawn, not put: where the picture is transparent, the paper shows.
    context.drawImage(tile.canvas, x, y);
    const caption = map ? { name: shown.looks.labelOf(map.text), score: scoreText(map.score) } : undefined;
    drawCaption(context, layout, caption, x, y + layout.tile.height);
    await breath();
  }
  drawLegend(context, layout, look, legendTexts(look, shared));
  drawFacts(context, layout, wrapped(context, facts, fontOf(layout.smallFont), layout.room));
  const blob = await context.canvas.convertToBlob({ type: 'image/png' });
  return { blob, width: layout.width, height: layout.height, scale: layout.scale };
}

/** Lets the page do something else in between. */
function breath(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}

function contextOf(width: number, height: number): Context {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error(t('A figure of {0} × {1} px cannot be composed here.', width, height));
  return context;
}

function factsOf(maps: Maps, look: Look): string[] {
  const { method, model, templates, grid, provider, image }: Explanation = maps.explanation;
  const opacity = Math.round(look.opacity * 100);
  return [
    methodText(method),
    model.name,
    templatesName(templates),
    t('grid: {0} × {1}', grid.rows, grid.cols),
    providerName(provider),
    t('score: {0}', scoreMeaning(maps)),
    look.blending === 'value' ? t('opacity {0} % by value', opacity) : t('opacity {0} %', opacity),
    ...(look.threshold > 0 ? [t('threshold {0}', look.threshold.toFixed(2))] : []),
    image.path.split(/[/\\]/).at(-1)!,
  ];
}

function drawCaption(
  context: Context,
  { tile, font, caption }: FigureLayout,
  word: { readonly name: string; readonly score: string } | undefined,
  x: number,
  y: number,
): void {
  const middle = y + caption / 2;
  context.fillStyle = '#000';
  context.textBaseline = 'middle';
  context.font = fontOf(font);
  const score = word?.score ?? '';
  const scoreWidth = context.measureText(score).width;
  context.fillText(score, x + tile.width - scoreWidth, middle);
  if (word) context.font = fontOf(font, 600);
  const gap = word ? font * 0.6 : 0;
  context.fillText(ellipsis(context, word?.name ?? t('picture'), tile.width - scoreWidth - gap), x, middle);
}

function drawLegend(
  context: Context,
  layout: FigureLayout,
  look: Look,
  { low, high, rule }: ReturnType<typeof legendTexts>,
): void {
  const { font, left, legend } = layout;
  const middle = legend + font / 2;
  const gap = font * 0.5;
  context.font = fontOf(font);
  context.fillText(low, left, middle);
  const barLeft = Math.round(left + context.measureText(low).width + gap);
  const width = font * 10;
  const bar = contextOf(256, 1);
  bar.putImageData(colorBar(look), 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(bar.canvas, barLeft, legend, width, font);
  context.strokeStyle = '#0006';
  context.lineWidth = Math.max(1, font / 16);
  context.strokeRect(barLeft, legend, width, font);
  const from = barLeft + width + gap;
  context.fillText(high, from, middle);
  context.fillText(rule, from + context.measureText(high).width + gap * 2, middle);
}

function drawFacts(context: Context, { left, lines, line, smallFont }: FigureLayout, texts: readonly string[]): void {
  context.font = fontOf(smallFont);
  context.fillStyle = '#444';
  texts.forEach((text, i) => context.fillText(text, left, lines + (i + 0.5) * line));
}
