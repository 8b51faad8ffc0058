import { encode } from 'html-entities';
import type { FigureLayout } from '../heatmap/figureLayout';
import { ellipsis, fontOf, type Measure } from '../heatmap/figureText';

/** What stands below a tile. */
export interface Caption {
  readonly word: string;
  readonly score?: string;
}

const FAMILY = 'sans-serif';
const LEGEND = { low: '0', high: '1', rule: 'per word' };

/**
 * Measures text as wide as common sans-serif letters are. Rough, because which font the system has
 * is not known before it draws; every text is clipped to its room besides.
 */
export function measureOf(): Measure {
  return {
    font: fontOf(16),
    measureText(text) {
      const [, weight, size] = /^(\d+) ([\d.]+)px/.exec(this.font) ?? ['', '400', '16'];
      const perLetter = weight === '600' ? 0.62 : 0.57;
      const letters = [...text].reduce((sum, letter) => sum + (letter.codePointAt(0)! > 0x2e7f ? 1.05 : perLetter), 0);
      return { width: letters * Number(size) };
    },
  };
}

/** All text of a figure over nothing, and where the colour bar goes. */
export function figureSvg(
  layout: FigureLayout,
  captions: readonly Caption[],
  lines: readonly string[],
): { svg: string; bar: { x: number; width: number } } {
  const { width, height, left, font, smallFont, legend, line, tile } = layout;
  const measure = measureOf();
  const widthOf = (text: string, weight?: 600) => {
    measure.font = fontOf(font, weight);
    return measure.measureText(text).width;
  };
  const texts = captions.flatMap(({ word, score }, i) => {
    const { x, y } = layout.tiles[i]!;
    const middle = y + tile.height + layout.caption / 2;
    const weight = score === undefined ? undefined : 600;
    const room = tile.width - (score === undefined ? 0 : widthOf(score) + font * 0.6);
    widthOf('', weight);
    return [
      text(ellipsis(measure, word, room), { x, middle, size: font, weight, room }),
      ...(score === undefined ? [] : [text(score, { x: x + tile.width, middle, size: font, anchor: 'end' })]),
    ];
  });
  const gap = font * 0.5;
  const bar = { x: Math.round(left + widthOf(LEGEND.low) + gap), width: font * 10 };
  const right = bar.x + bar.width + gap;
  const middle = legend + font / 2;
  texts.push(
    text(LEGEND.low, { x: left, middle, size: font }),
    text(LEGEND.high, { x: right, middle, size: font }),
    text(LEGEND.rule, { x: right + widthOf(LEGEND.high) + gap * 2, middle, size: font }),
    ...lines.map((fact, i) =>
      text(fact, { x: left, middle: layout.lines + (i + 0.5) * line, size: smallFont, fill: '#444' }),
    ),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${texts.join('')}</svg>`;
  return { svg, bar };
}

interface Place {
  readonly x: number;
  readonly middle: number;
  readonly size: number;
  readonly weight?: 400 | 600;
  readonly anchor?: 'start' | 'end';
  readonly fill?: string;
  /** What goes beyond it is cut off. */
  readonly room?: number;
}

/** A third of the type's size below the middle is where letters stand that look centred. */
const BASELINE = 0.35;

function text(
  content: string,
  { x, middle, size, weight = 400, anchor = 'start', fill = '#000', room }: Place,
): string {
  const [half, tall] = [size, size * 2].map((value) => value.toFixed(1));
  const style = `font-family="${FAMILY}" font-size="${size}" font-weight="${weight}" fill="${fill}"`;
  const letters = (atX: number, atY: number) =>
    `<text x="${atX.toFixed(1)}" y="${atY.toFixed(1)}" text-anchor="${anchor}" ${style}>${escaped(content)}</text>`;
  const baseline = middle + size * BASELINE;
  if (room === undefined) return letters(x, baseline);
  const box = `x="${x.toFixed(1)}" y="${(middle - Number(half)).toFixed(1)}" width="${Math.max(1, room).toFixed(1)}"`;
  return `<svg ${box} height="${tall}" overflow="hidden">${letters(0, Number(half) + size * BASELINE)}</svg>`;
}

/** Nothing of a prompt becomes markup, and nothing in it that XML has no sign for stays. */
function escaped(content: string): string {
  const plain = content.replace(/[\p{Cc}\p{Surrogate}\ufffe\uffff]/gu, ' ');
  return encode(plain, { level: 'xml' });
}
