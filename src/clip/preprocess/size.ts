/** Pixels fed to the image encoder; whole patches both ways. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Sides of squares that people try, beside the model's own. */
const USUAL_SIDES = [384, 512, 768, 1024];
/** No grid is longer: a picture of one pixel by a million would otherwise become a million patches. */
const LONGEST = 1024;

/** `side` in whole patches, at least one. */
function wholePatches(side: number, patch: number): number {
  return Math.min(LONGEST, Math.max(1, Math.round(side / patch)));
}

/** The square of that side, rounded to whole patches: any picture is squashed into it, as published. */
export function squareSize(side: number, patch: number): Size {
  const pixels = wholePatches(side, patch) * patch;
  return { width: pixels, height: pixels };
}

/**
 * About as many patches as the square of that side has, in the shape of the picture. Whole patches
 * cannot keep every shape: of the grids on either side of the wanted height, the one whose shape is nearer.
 * The cost of a size thus hardly depends on the picture.
 */
export function keptSize(side: number, patch: number, picture: Size): Size {
  const aspect = picture.width / picture.height;
  const height = side / Math.sqrt(aspect);
  const candidates = [Math.floor(height / patch), Math.ceil(height / patch)].map((rows) => {
    const clamped = Math.min(LONGEST, Math.max(1, rows));
    return { width: wholePatches(clamped * aspect * patch, patch) * patch, height: clamped * patch };
  });
  const error = (size: Size) => Math.abs(Math.log(size.width / size.height / aspect));
  return candidates.reduce((best, size) => (error(size) < error(best) ? size : best));
}

/** Sides to choose from, rising: the model's own and the usual ones that are not next to one of those. */
export function sideChoices(patch: number, ...own: readonly number[]): number[] {
  const usual = USUAL_SIDES.map((side) => squareSize(side, patch).width);
  const others = usual.filter((side) => own.every((one) => Math.abs(one - side) > patch));
  return [...new Set([...own, ...others])].sort((a, b) => a - b);
}
