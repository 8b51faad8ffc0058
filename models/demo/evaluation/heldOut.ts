import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Scenes of a contact sheet, side by side and below each other. */
const ACROSS = 10;

/** An object of a scene; its outline in shares of the scene's side. */
export interface DrawnObject {
  readonly name: string;
  readonly outline: readonly (readonly [x: number, y: number])[];
}

export interface HeldOutScene {
  /** PNG bytes. */
  readonly picture: Uint8Array;
  readonly objects: readonly DrawnObject[];
}

/** The scenes of `sheet-N.jpg` and `sheet-N.json`, which training/held_out.py draws. */
export async function readSheet(folder: string, sheet: number): Promise<HeldOutScene[]> {
  const scenes = JSON.parse(readFileSync(join(folder, `sheet-${sheet}.json`), 'utf8')) as DrawnObject[][];
  const picture = sharp(join(folder, `sheet-${sheet}.jpg`));
  const side = (await picture.metadata()).width / ACROSS;
  return Promise.all(
    scenes.map(async (objects, i) => ({
      objects,
      picture: await picture
        .clone()
        .extract({ left: (i % ACROSS) * side, top: Math.floor(i / ACROSS) * side, width: side, height: side })
        .png()
        .toBuffer(),
    })),
  );
}

/** Whether a point, in shares of the side, lies inside the outline. */
export function isInside({ outline }: DrawnObject, x: number, y: number): boolean {
  let inside = false;
  outline.forEach(([x0, y0], i) => {
    const [x1, y1] = outline[(i + 1) % outline.length]!;
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
  });
  return inside;
}

/** Whether a point lies inside the box around the outline. */
export function isInBox({ outline }: DrawnObject, x: number, y: number): boolean {
  const [xs, ys] = [outline.map((point) => point[0]), outline.map((point) => point[1])];
  return x >= Math.min(...xs) && x <= Math.max(...xs) && y >= Math.min(...ys) && y <= Math.max(...ys);
}
