import * as vscode from 'vscode';
import type { EngineFailure, ModelInfo, Picture, Stage } from '../../protocol/engine';
import type { Explanation } from '../../protocol/explanation';
import type { PanelSettings, SizeChoice, ToPanel } from '../../protocol/panel';
import { baseName } from '../images/imageName';

/** What is told to the panel's page, in the words of the user's language. */
export function workingMessage(stage: Stage): ToPanel {
  const { t } = vscode.l10n;
  switch (stage.name) {
    case 'loading-model':
      return { type: 'working', stage: t('loading the model') };
    case 'encoding-image': {
      const { width, height } = stage;
      const size = width === height ? t('{0} px', width) : t('{0} × {1} px', width, height);
      return { type: 'working', stage: t('encoding the image, {0}', size) };
    }
    case 'encoding-text':
      return { type: 'working', stage: t('encoding words, {0} of {1}', stage.done + 1, stage.total) };
  }
}

export function setupMessage(info: ModelInfo, prompts: readonly string[], settings: PanelSettings): ToPanel {
  const sizes = info.sizes.map((side): SizeChoice => ({
    side,
    patches: side / info.patch,
    isNative: side === info.nativeSize,
    isDefault: side === info.explainSize,
  }));
  const edited = prompts.length !== info.prompts.length || prompts.some((prompt, i) => prompt !== info.prompts[i]);
  return { type: 'setup', prompts, edited, settings, sizes, note: info.note };
}

export function pictureMessage(uri: vscode.Uri, { width, height, mime, bytes }: Picture): ToPanel {
  const label = vscode.workspace.asRelativePath(uri);
  return { type: 'picture', picture: { name: baseName(uri), label, width, height, mime, bytes } };
}

export function explanationMessage(explanation: Explanation): ToPanel {
  const { provider, precision, timings } = explanation;
  const device = `${provider.toUpperCase()} ${precision} · ${Math.round(timings.total)} ms`;
  return { type: 'explanation', explanation, device };
}

export function failedMessage(error: unknown, retry: boolean): ToPanel & { readonly type: 'failed' } {
  const { message, hint }: Pick<EngineFailure, 'message' | 'hint'> =
    error instanceof Error ? error : { message: String(error) };
  return { type: 'failed', message, hint, retry };
}
