import { join } from 'node:path';

/** Of the pictures that come with the extension: the first three show what int8 must leave room for, the others judge it. */
const NAMES = [
  'cross-star-circle.png',
  'three-stars.png',
  'two-hearts.png',
  'red-circle-blue-square-green-star.png',
  'yellow-heart-black-circle-blue-cross.png',
  'yellow-triangle-on-checks.png',
  'red-cross-white-heart-orange-star.png',
  'black-square-blue-triangle.png',
];

/** Paths of the pictures that an engine tests itself with. */
export function exampleImages(folder: string): readonly string[] {
  return NAMES.map((name) => join(folder, name));
}
