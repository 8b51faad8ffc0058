import { t } from '@vscode/l10n';
import type { MethodName } from '../../../protocol/explanation';
import type { CellKey } from './cellKeys';

/** What a key is for, in plain words, and how it is written. */
export function keyHelp(key: CellKey): { readonly text: string; readonly example: string } {
  switch (key) {
    case 'image':
      return {
        text: t('The picture to explain: a path relative to the notebook. Left out: the nearest picture above.'),
        example: 'image: scenes/harbour.png',
      };
    case 'images':
      return {
        text: t('Several pictures, one after the other: a list of paths, or a path with a wildcard.'),
        example: 'images: [a.png, b.png]\nimages: scenes/*.png',
      };
    case 'prompts':
      return {
        text: t('The words to look for; each gets a map and a score. Left out: the words of the model.'),
        example: 'prompts: [a red circle, a star]',
      };
    case 'method':
      return {
        text: t('How the maps are made. Several methods are drawn side by side. Left out: {0}.', 'clip-surgery'),
        example: 'method: clip-surgery\nmethod: [clip-surgery, raw]',
      };
    case 'size':
      return {
        text: t('The side, in pixels, of the square that the model sees: larger shows finer maps and takes longer.'),
        example: 'size: 512',
      };
    case 'aspect':
      return {
        text: t('The shape that the model sees: “squash” makes a square of the picture, “keep” keeps its shape.'),
        example: 'aspect: keep',
      };
    case 'templates':
      return {
        text: t('The sentences that words are put into, such as “a photo of a …”; “none” takes the words as they are.'),
        example: 'templates: none',
      };
    case 'model':
      return { text: t('The model to ask. Left out: the one in use.'), example: 'model: ViT-B-16' };
    case 'threshold':
      return {
        text: t('Patches below this share of a map’s range are drawn clear: from 0 to 1.'),
        example: 'threshold: 0.5',
      };
  }
}

export function methodHelp(method: MethodName): string {
  switch (method) {
    case 'clip-surgery':
      return t('Both surgeries, as published');
    case 'architecture-surgery':
      return t('Only the second path through the last blocks');
    case 'feature-surgery':
      return t('Only without what all words share');
    case 'raw':
      return t('The plain model, without surgery');
  }
}
