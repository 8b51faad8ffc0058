import pascalContext from '../../../protocol/pascalContext.json';
import coco from './builtIn/coco80.json';
import pascalVoc from './builtIn/pascalVoc20.json';

/** Vocabularies that need no file: the classes of well-known data sets, by name. */
export const BUILT_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['pascal-context-59', pascalContext],
  ['coco-80', coco],
  ['pascal-voc-20', pascalVoc],
]);
