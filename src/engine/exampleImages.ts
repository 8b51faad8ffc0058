import { join } from 'node:path';

/** Of the pictures that come with the extension: the first three show what int8 must leave room for, the others judge it. */
const NAMES = [
  'kitchen-table.png',
  'pond.png',
  'living-room.png',
  'park.png',
  'beach.png',
  'desert.png',
  'farm.png',
  'street.png',
];

/** Paths of the pictures that an engine tests itself with. */
export function exampleImages(folder: string): readonly string[] {
  return NAMES.map((name) => join(folder, name));
}
