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
  const stride = width + 2;
  const isIn = membership(heat, width, height, threshold);
  const next = new Map<number, number>();
  for (let y = 0; y <= height; y++) {
    for (let p = y * stride, end = p + width; p <= end; p++) {
      const corners = isIn[p]! | (isIn[p + 1]! << 1) | (isIn[p + stride + 1]! << 2) | (isIn[p + stride]! << 3);
      if (corners === 0 || corners === 15) continue;
      // A number for each side between two centres: even ones run across, odd ones down.
      const sides = [2 * p, 2 * (p + 1) + 1, 2 * (p + stride), 2 * p + 1];
      for (const [from, to] of CROSSINGS[corners]!) next.set(sides[from]!, sides[to]!);
    }
  }

  const at = (x: number, y: number) =>
    heat[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!;
  const point = (side: number): [number, number] => {
    const isDown = side % 2;
    const p = (side - isDown) / 2;
    const x = (p % stride) - 1;
    const y = Math.floor(p / stride) - 1;
    const a = at(x, y);
    const b = at(x + 1 - isDown, y + isDown);
    const share = (threshold - a) / (b - a);
    return [x + 0.5 + (isDown ? 0 : share), y + 0.5 + (isDown ? share : 0)];
  };
  return chains(next).map((chain) => chain.flatMap(point));
}

/** 1 where a height is at or above the threshold. One pixel wider all around, where the edge is repeated: lines then reach it. */
function membership(heat: Float32Array, width: number, height: number, threshold: number): Uint8Array {
  const stride = width + 2;
  const isIn = new Uint8Array(stride * (height + 2));
  for (let y = 0; y < height; y++) {
    const row = (y + 1) * stride;
    for (let x = 0; x < width; x++) isIn[row + 1 + x] = heat[y * width + x]! >= threshold ? 1 : 0;
    isIn[row] = isIn[row + 1]!;
    isIn[row + width + 1] = isIn[row + width]!;
  }
  isIn.copyWithin(0, stride, 2 * stride);
  isIn.copyWithin((height + 1) * stride, height * stride, (height + 1) * stride);
  return isIn;
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
