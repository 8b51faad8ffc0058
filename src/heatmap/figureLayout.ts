/** Where everything in a figure is, in its pixels. */
export interface FigureLayout {
  readonly width: number;
  readonly height: number;
  /** Pixels of a tile per pixel of the picture: 1, a whole number for a tiny picture, or less where the figure would be too large. */
  readonly scale: number;
  readonly columns: number;
  readonly tile: { readonly width: number; readonly height: number };
  /** Top left corners. */
  readonly tiles: readonly { readonly x: number; readonly y: number }[];
  /** Room for text and legend, from the left. */
  readonly left: number;
  readonly room: number;
  /** Sizes of the type: captions and legend, and the lines at the bottom. */
  readonly font: number;
  readonly smallFont: number;
  /** Height of a caption, which is right below its tile, and of a line at the bottom. */
  readonly caption: number;
  readonly line: number;
  /** Tops of the legend, and of the lines at the bottom. */
  readonly legend: number;
  readonly lines: number;
}

interface Request {
  readonly count: number;
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** How many lines the text at the bottom takes in type of a size. */
  readonly lineCount: (smallFont: number, room: number) => number;
  /** Left out: as wide as the picture. */
  readonly widestTile?: number;
  /** Of the whole figure. */
  readonly mostPixels?: number;
}

const LONGEST_SIDE = 16_000;
const MOST_PIXELS = 64_000_000;
/** Narrower tiles are enlarged: a caption has to fit. */
const READABLE = 320;
const SMALLEST_FONT = 12;
const FONTS_PER_TILE = 27;
/** The legend needs some room even where the tiles are narrow. */
const FONTS_PER_FIGURE = 25;
const SHAPE = 4 / 3;

/** Lays tiles out in a grid near 4:3, at the picture's own resolution where the figure does not become too large. */
export function figureLayout(request: Request): FigureLayout {
  const { width, widestTile = Infinity, mostPixels = MOST_PIXELS } = request;
  let scale = Math.min(width < READABLE ? Math.ceil(READABLE / width) : 1, widestTile / width);
  for (;;) {
    const layout = inShape(request, scale);
    const excess = Math.max(
      layout.width / LONGEST_SIDE,
      layout.height / LONGEST_SIDE,
      Math.sqrt((layout.width * layout.height) / mostPixels),
    );
    const isSmallest = layout.tile.width === 1 && layout.tile.height === 1;
    if (excess <= 1 || isSmallest) return layout;
    // A little less than what is needed: margins do not shrink as far as tiles.
    scale /= excess * 1.001;
    if (scale > 1) scale = Math.floor(scale);
  }
}

function inShape(request: Request, scale: number): FigureLayout {
  let best: FigureLayout | undefined;
  let least = Infinity;
  for (let columns = 1; columns <= request.count; columns++) {
    const layout = inColumns(request, scale, columns);
    // A row that is not full looks as if something were missing.
    const empty = 1 - request.count / (columns * Math.ceil(request.count / columns));
    const misfit = Math.abs(Math.log(layout.width / layout.height / SHAPE)) + empty;
    if (misfit < least) [best, least] = [layout, misfit];
  }
  return best ?? inColumns(request, scale, 1);
}

function inColumns({ count, width, height, lineCount }: Request, scale: number, columns: number): FigureLayout {
  const tile = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const font = Math.max(SMALLEST_FONT, Math.round(tile.width / FONTS_PER_TILE));
  const smallFont = Math.round(font * 0.85);
  const caption = Math.round(font * 1.9);
  const line = Math.round(smallFont * 1.5);
  const gap = font;
  const left = Math.round(font * 1.2);
  const rows = Math.ceil(count / columns);
  const room = Math.max(columns * tile.width + (columns - 1) * gap, FONTS_PER_FIGURE * font);
  const tiles = Array.from({ length: count }, (_, i) => ({
    x: left + (i % columns) * (tile.width + gap),
    y: left + Math.floor(i / columns) * (tile.height + caption + gap),
  }));
  const legend = left + rows * (tile.height + caption + gap);
  const lines = legend + 2 * font;
  return {
    width: room + 2 * left,
    height: lines + lineCount(smallFont, room) * line + left,
    ...{ scale, columns, tile, tiles, left, room, font, smallFont, caption, line, legend, lines },
  };
}
