/** Points of one line, `x0, y0, x1, y1, …`, in pixels from the top left corner; the first again at the end of a ring. */
export type Line = readonly number[];

/**
 * The sides of a square of four pixel centres that the border crosses, from where to where, for each of
 * the sixteen ways in which corners can be in the region (1 top left, 2 top right, 4 bottom right, 8 bottom left).
 * Going along, the region is on the right. Where only opposite corners are in it, they stay apart.
 */
const TOP = 0;
const RIGHT = 1;
const BOTTOM = 2;
const LEFT = 3;
const CROSSINGS: readonly (readonly (readonly [from: number, to: number])[])[] = [
  [],
  [[TOP, LEFT]],
  [[RIGHT, TOP]],
  [[RIGHT, LEFT]],
  [[BOTTOM, RIGHT]],
  [
    [TOP, LEFT],
    [BOTTOM, RIGHT],
  ],
  [[BOTTOM, TOP]],
  [[BOTTOM, LEFT]],
  [[LEFT, BOTTOM]],
  [[TOP, BOTTOM]],
  [
    [RIGHT, TOP],
    [LEFT, BOTTOM],
  ],
  [[RIGHT, BOTTOM]],
  [[LEFT, RIGHT]],
  [[TOP, RIGHT]],
  [[LEFT, TOP]],
  [],
];

/**
 * The border of the region whose heights are at or above a threshold, by marching squares between
 * pixel centres. Open where the region goes on beyond the edge: there is no border to be seen there.
 * @param heat heights `[height, width]`
 */
export function contour(heat: Float32Array, width: number, height: number, threshold: number): Line[] {
  // Squares begin one pixel outside, where the edge is repeated: lines then reach the very edge.
  const stride = width + 2;
  const at = (x: number, y: number) =>
    heat[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!;
  const isIn = (x: number, y: number) => (at(x, y) >= threshold ? 1 : 0);
  /** A number for each side between two centres: even ones run across, odd ones down. */
  const side = (x: number, y: number, which: number) => {
    const first = (y + 1 + (which === BOTTOM ? 1 : 0)) * stride + x + 1 + (which === RIGHT ? 1 : 0);
    return 2 * first + (which === LEFT || which === RIGHT ? 1 : 0);
  };

  const next = new Map<number, number>();
  for (let y = -1; y < height; y++) {
    let left = isIn(-1, y) | (isIn(-1, y + 1) << 3);
    for (let x = -1; x < width; x++) {
      const right = (isIn(x + 1, y) << 1) | (isIn(x + 1, y + 1) << 2);
      for (const [from, to] of CROSSINGS[left | right]!) next.set(side(x, y, from), side(x, y, to));
      left = ((right >> 1) & 1) | ((right << 1) & 8);
    }
  }

  const point = (id: number): [number, number] => {
    const y = Math.floor(id / 2 / stride) - 1;
    const x = (Math.floor(id / 2) % stride) - 1;
    const isDown = id % 2;
    const a = at(x, y);
    const b = at(x + 1 - isDown, y + isDown);
    const share = (threshold - a) / (b - a);
    return [x + 0.5 + (isDown ? 0 : share), y + 0.5 + (isDown ? share : 0)];
  };
  return chains(next).map((chain) => chain.flatMap(point));
}

/** Follows every step from `from` to `to`: first the lines that have a beginning, then the rings. */
function chains(next: Map<number, number>): number[][] {
  const targets = new Set(next.values());
  const beginnings = [...next.keys()].filter((from) => !targets.has(from));
  const found: number[][] = [];
  const follow = (start: number) => {
    const chain = [start];
    for (let id = next.get(start), last = start; id !== undefined; id = next.get(id)) {
      chain.push(id);
      next.delete(last);
      last = id;
    }
    found.push(chain);
  };
  beginnings.forEach(follow);
  for (const start of next.keys()) follow(start);
  return found;
}
