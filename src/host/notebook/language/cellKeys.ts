import { t } from '@vscode/l10n';
import { ASPECTS, METHOD_NAMES, TEMPLATE_SETS } from '../../../protocol/explanation';

/** All keys of a cell, in the order in which cells are written. */
export const CELL_KEYS = [
  'image',
  'images',
  'prompts',
  'method',
  'size',
  'aspect',
  'templates',
  'model',
  'threshold',
] as const;
export type CellKey = (typeof CELL_KEYS)[number];

/** Larger squares take minutes and gigabytes. */
export const LARGEST_SIDE = 2048;
export const OFFERED_SIDES = [384, 512, 768, 1024];
export const MOST_PROMPTS = 1000;
export const MOST_IMAGES = 10_000;

export function isCellKey(name: string): name is CellKey {
  return (CELL_KEYS as readonly string[]).includes(name);
}

/** What is written after a key, as a sentence. */
export function expected(key: CellKey, models: readonly string[]): string {
  switch (key) {
    case 'image':
      return t('Expected is the path of one picture, for example scenes/harbour.png.');
    case 'images':
      return t('Expected is a list of paths, or one path with a wildcard, for example scenes/*.png.');
    case 'prompts':
      return t('Expected is a list of words, for example [a red circle, a star].');
    case 'method':
      return t('Expected is one of {0}, or a list of them.', METHOD_NAMES.join(', '));
    case 'size':
      return t('Expected is a number of pixels from 1 to {0}, for example 512.', LARGEST_SIDE);
    case 'aspect':
      return t('Expected is {0}.', ASPECTS.join(' | '));
    case 'templates':
      return t('Expected is {0}.', TEMPLATE_SETS.join(' | '));
    case 'model':
      return models.length > 0
        ? t('Expected is one of {0}.', models.join(', '))
        : t('Expected is the name of a model, and none is installed.');
    case 'threshold':
      return t('Expected is a number from 0 to 1, for example 0.5.');
  }
}
