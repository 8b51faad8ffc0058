import { colorTable } from '../../../src/heatmap/colorMap';
import { CamPage, type CamPageOptions } from './camPage';
import { explanation } from './explanation';
import { describePages, PageSuite } from './pageSuite';

export const WORDS = ['red circle', 'blue square'];
export const TABLE = colorTable('viridis');
export const TOP = [...TABLE.subarray(765)];
export const LOW = [...TABLE.subarray(0, 3)];
export const GREY = "g.fillStyle = '#808080'; g.fillRect(0, 0, 2000, 2000)";
/** The colour tells the place: red across, green down. */
export const PLACES =
  "for (let y = 0; y < 64; y++) for (let x = 0; x < 96; x++) { g.fillStyle = 'rgb(' + 2 * x + ',' + 3 * y + ',0)'; g.fillRect(x, y, 1, 1); }";
export const GRID: readonly [rows: number, cols: number] = [4, 6];
export const PLAIN = "document.querySelector('canvas.picture')";
export const canvas = (word: string) => `document.querySelector('canvas.map[data-prompt="${word}"]')`;

/** A map with one high patch. */
export function dot(rows: number, cols: number, row: number, col: number): number[] {
  return Array.from({ length: rows * cols }, (_, i) => (i === row * cols + col ? 0.3 : 0.1));
}

/** The size of a canvas, or of another expression for one. */
export function sizeOf(view: CamPage, of: string) {
  return view.page.evaluate<{ width: number; height: number }>(`({ width: ${of}.width, height: ${of}.height })`);
}

export async function tileBox(view: CamPage, index = 1) {
  return (await view.page.locator('.tile').nth(index).boundingBox())!;
}

export class CamSuite extends PageSuite<CamPage, CamPageOptions> {
  /** A picture of 96 by 64 on a grid of 4 by 6, with a dot in the middle and one in a corner. */
  readonly ready = async (options?: CamPageOptions, draw = PLACES): Promise<CamPage> => {
    const view = await this.open(options);
    const maps = { 'red circle': dot(...GRID, 1, 2), 'blue square': dot(...GRID, 3, 5) };
    await view.show(draw, [96, 64], WORDS, explanation(maps, ...GRID));
    return view;
  };
}

/** Tests of a CamView alone in a page. */
export function describeCam(title: string, define: (suite: CamSuite) => void): void {
  describePages(title, new CamSuite((browser, options) => CamPage.open(browser, options)), define);
}
