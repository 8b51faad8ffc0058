import { t } from '@vscode/l10n';
import type { Aspect, MethodName } from '../../src/protocol/explanation';

/** How a choice is called, and what it does. */
export interface ChoiceText {
  readonly text: string;
  readonly title: string;
}

export function methodChoice(method: MethodName): ChoiceText {
  switch (method) {
    case 'clip-surgery':
      return { text: t('Surgery'), title: t('architecture and feature surgery, as published') };
    case 'architecture-surgery':
      return {
        text: t('Architecture only'),
        title: t('patches attend to what is like them; what all words share stays in'),
      };
    case 'feature-surgery':
      return {
        text: t('Feature surgery only'),
        title: t('what all words share is taken out; the model is run as it is'),
      };
    case 'raw':
      return { text: t('Raw CLIP'), title: t('neither surgery') };
  }
}

export function aspectChoice(aspect: Aspect): ChoiceText {
  return aspect === 'squash'
    ? { text: t('squash'), title: t('the picture is squeezed into a square, as published') }
    : { text: t('keep ratio'), title: t('about as many patches, laid out in the shape of the picture') };
}
