import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** Scenes of a contact sheet side by side. */
const ACROSS = 10;

export interface HeldOutScene {
  /** PNG bytes of a square picture. */
  readonly picture: Uint8Array;
  readonly side: number;
  /** What is in it, a name twice where two of a kind are. */
  readonly things: readonly string[];
  /** `[side, side]`: which thing is seen at each pixel, counted from 1; 0 where none is. */
  readonly seen: Uint8Array;
}

export interface Sheet {
  /** All names that the model knows: nouns and coloured shapes. */
  readonly names: readonly string[];
  readonly scenes: readonly HeldOutScene[];
}

/** Of the art styles that the model was trained on, or of the one that it never saw. */
export type Style = 'seen' | 'unseen';

/** Reads what training/held_out.py drew. */
export async function readSheet(folder: string, style: Style): Promise<Sheet> {
  const path = join(folder, style);
  const listed = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as { names: string[]; scenes: string[][] };
  const picture = sharp(`${path}.jpg`);
  const seen = sharp(`${path}.png`).toColourspace('b-w');
  const side = (await picture.metadata()).width / ACROSS;
  const scenes = listed.scenes.map(async (things, i) => {
    const cell = { left: (i % ACROSS) * side, top: Math.floor(i / ACROSS) * side, width: side, height: side };
    return {
      things,
      side,
      picture: await picture.clone().extract(cell).png().toBuffer(),
      seen: await seen.clone().extract(cell).raw().toBuffer(),
    };
  });
  return { names: listed.names, scenes: await Promise.all(scenes) };
}

/** `[side, side]`: 1 where a thing of this name is seen. */
export function maskOf({ seen, things }: HeldOutScene, name: string): Uint8Array {
  return seen.map((thing) => Number(thing > 0 && things[thing - 1] === name));
}

/** Whether a point, in shares of the side, lies in the box around one of the things of this name. */
export function isInBox({ seen, side, things }: HeldOutScene, name: string, x: number, y: number): boolean {
  return things.some((thing, i) => {
    if (thing !== name) return false;
    const [xs, ys] = [[] as number[], [] as number[]];
    seen.forEach((at, pixel) => {
      if (at !== i + 1) return;
      xs.push((pixel % side) / side);
      ys.push(Math.floor(pixel / side) / side);
    });
    const within = (value: number, all: number[]) => value >= Math.min(...all) && value <= Math.max(...all) + 1 / side;
    return within(x, xs) && within(y, ys);
  });
}
