import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Place } from './cam';
import { examples } from './paths';

interface SceneObject extends Place {
  readonly name: string;
  readonly radius: number;
}

/** What is drawn where in each of the example pictures. */
const scenes = JSON.parse(readFileSync(path.join(examples, 'scenes.json'), 'utf8')) as Record<
  string,
  { readonly objects: readonly SceneObject[] }
>;

/** Half a patch of the model's grid: the highest patch may reach over the object's edge. */
const tolerance = 0.5 / 18;

/** Whatever draws maps: the panel, or an output of a notebook. */
interface Maps {
  peak(word: string): Promise<Place>;
}

/** Asserts that the map of the object's name, or of another word for it, is highest on the object. */
export async function assertPointsAt(maps: Maps, file: string, name: string, word = name): Promise<void> {
  const object = scenes[file]!.objects.find((candidate) => candidate.name === name)!;
  const { x, y } = await maps.peak(word);
  const distance = Math.hypot(x - object.x, y - object.y);
  assert.ok(
    distance < object.radius + tolerance,
    `${file}: "${word}" is at ${object.x}, ${object.y} (radius ${object.radius}), the map's maximum at ${x}, ${y}`,
  );
}
