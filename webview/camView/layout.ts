/** How tiles are laid out: `columns` of tiles of one size, in CSS pixels. */
export interface Layout {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** Whether the rows are higher than the room and have to be scrolled. */
  readonly scrolls: boolean;
}

export const GAP = 8;
const SMALLEST = 120;
const SCROLL_BAR = 14;

/**
 * The number of columns that gives the largest tiles that all fit into the room. Where that
 * would make them tiny, tiles get a readable size and the rows are scrolled.
 * @param aspect width / height of the picture
 */
export function fit(count: number, aspect: number, roomWidth: number, roomHeight: number): Layout {
  let best: Layout = { columns: 1, width: 0, height: 0, scrolls: false };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const byWidth = (roomWidth - GAP * (columns - 1)) / columns;
    const byHeight = ((roomHeight - GAP * (rows - 1)) / rows) * aspect;
    const width = Math.floor(Math.min(byWidth, byHeight));
    if (width > best.width) best = { columns, width, height: Math.floor(width / aspect), scrolls: false };
  }
  const smallest = Math.min(SMALLEST, roomWidth, SMALLEST * aspect);
  if (best.width >= smallest) return best;
  const room = roomWidth - SCROLL_BAR;
  const columns = Math.min(count, Math.max(1, Math.floor((room + GAP) / (smallest + GAP))));
  const width = Math.max(1, Math.floor((room - GAP * (columns - 1)) / columns));
  return { columns, width, height: Math.max(1, Math.floor(width / aspect)), scrolls: true };
}
