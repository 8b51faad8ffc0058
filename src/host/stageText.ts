import * as vscode from 'vscode';
import type { Stage } from '../protocol/engine';

/** What the engine is doing, in the words of the user's language. */
export function stageText(stage: Stage): string {
  const { t } = vscode.l10n;
  switch (stage.name) {
    case 'loading-model':
      return t('loading the model');
    case 'quantising-model':
      return t('rounding the weights to int8, once for this model');
    case 'encoding-image': {
      const { width, height } = stage;
      const size = width === height ? t('{0} px', width) : t('{0} × {1} px', width, height);
      return t('encoding the image, {0}', size);
    }
    case 'encoding-text':
      return t('encoding words, {0} of {1}', stage.done + 1, stage.total);
  }
}
