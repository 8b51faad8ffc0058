import sharp from 'sharp';
import { resize, type RgbImage } from '../clip/preprocess/resize';
import { colorTable } from '../heatmap/colorMap';
import { figureLayout } from '../heatmap/figureLayout';
import { fontOf, wrapped } from '../heatmap/figureText';
import { providerName } from '../protocol/execution';
import type { Explanation, TemplateChoice } from '../protocol/explanation';
import type { FigureRequest } from '../protocol/engine';
import { EngineError } from './failure';
import { figureSvg, measureOf, type Caption } from './figureSvg';
import { overlaid } from './overlay';

/** Figures are stored in notebooks: larger ones make those slow. */
const MOST_PIXELS = 16e6;
const WIDEST_TILE = 512;
const BAR_BORDER = 0x99;

/** One of the pictures side by side: the plain one, or a prompt's map over it. */
interface Tile {
  readonly caption: Caption;
  readonly map?: { readonly map: string; readonly grid: Explanation['grid'] };
}

/** PNG bytes of the picture and all maps in a grid, each min-max, bilinear, viridis, with their scores. */
export async function figure(picture: RgbImage, request: Omit<FigureRequest, 'image'>): Promise<Uint8Array> {
  const { explanations, threshold = 0, tileWidth = WIDEST_TILE } = request;
  if (explanations.length === 0) throw new EngineError('bad-request', 'There is no explanation to compose.');
  const tiles = tilesOf(explanations);
  const facts = factsOf(explanations, threshold);
  const linesOf = (font: number, room: number) => wrapped(measureOf(), facts, fontOf(font), room);
  const layout = figureLayout({
    ...{ count: tiles.length, width: picture.width, height: picture.height },
    ...{ widestTile: tileWidth, mostPixels: MOST_PIXELS },
    lineCount: (font, room) => linesOf(font, room).length,
  });
  const { width, height } = layout;
  const paper = Buffer.alloc(width * height * 3, 255);
  const plain = resize(picture, layout.tile.width, layout.tile.height);
  for (const [i, { map }] of tiles.entries()) {
    const pixels = map ? withoutAlpha(overlaid(plain, map, map.grid, threshold)) : plain.data;
    const { x, y } = layout.tiles[i]!;
    lay(pixels, plain.width, paper, width, x, y);
  }
  const { svg, bar } = figureSvg(
    layout,
    tiles.map(({ caption }) => caption),
    linesOf(layout.smallFont, layout.room),
  );
  lay(colorBar(bar.width, layout.font, threshold), bar.width, paper, width, bar.x, layout.legend);
  return sharp(paper, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .composite([{ input: Buffer.from(svg), top: 0, left: 0 }])
    .removeAlpha()
    .png({ compressionLevel: 9 })
    .toBuffer();
}

function tilesOf(explanations: readonly Explanation[]): readonly Tile[] {
  const several = explanations.length > 1;
  const words = explanations.flatMap(({ prompts, grid, method }) =>
    prompts.map(({ text, label = text, score, map }): Tile => {
      const word = several ? `${label} (${method.name})` : label;
      return { caption: { word, score: score.toFixed(2) }, map: { map, grid } };
    }),
  );
  return [{ caption: { word: 'picture' } }, ...words];
}

/** RGB of opaque pixels. */
function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let i = 0, p = 0; i < rgb.length; i += 3, p += 4) rgb.set(rgba.subarray(p, p + 3), i);
  return rgb;
}

/** Puts pixels onto the paper; what lies beyond its edge is left out. */
function lay(bytes: RgbImage['data'], width: number, paper: Buffer, paperWidth: number, x: number, y: number): void {
  const shown = Math.min(width, paperWidth - x) * 3;
  const rows = bytes.length / 3 / width;
  for (let row = 0; row < rows; row++) {
    paper.set(bytes.subarray(row * width * 3, row * width * 3 + shown), ((y + row) * paperWidth + x) * 3);
  }
}

/** RGB of the colours from the lowest to the highest height, framed; those below the threshold are left out. */
function colorBar(width: number, height: number, threshold: number): Uint8Array {
  const table = colorTable('viridis');
  const rgb = new Uint8Array(width * height * 3).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = x / (width - 1);
      const c = Math.trunc(at * 255) * 3;
      const place = (y * width + x) * 3;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) rgb.fill(BAR_BORDER, place, place + 3);
      else if (at >= threshold) rgb.set(table.subarray(c, c + 3), place);
    }
  }
  return rgb;
}

/** How the maps were made, as short as on a figure in a paper. */
function factsOf(explanations: readonly Explanation[], threshold: number): string[] {
  const { model, templates, provider, precision, image, prompts, method } = explanations[0]!;
  const unique = (texts: readonly string[]) => [...new Set(texts)];
  return [
    ...unique(explanations.map(({ method }) => method.name)),
    model.name,
    templatesFact(templates),
    ...unique(explanations.map(({ grid }) => `grid: ${grid.rows} × ${grid.cols}`)),
    `${providerName(provider)} ${precision}`,
    method.score === 'empty-string'
      ? 'score: against the empty prompt'
      : `score: share among these ${prompts.length} words`,
    ...(threshold > 0 ? [`threshold ${threshold.toFixed(2)}`] : []),
    image.path.split(/[/\\]/).at(-1)!,
  ];
}

function templatesFact(templates: TemplateChoice): string {
  if (typeof templates !== 'string') return `templates: ${templates.name}`;
  return {
    none: 'bare prompts',
    photo: 'template: a photo of a {}',
    openai: '80 templates',
    'clip-surgery': '85 templates',
  }[templates];
}
