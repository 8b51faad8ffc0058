import * as vscode from 'vscode';
import type { ModelInfo, Picture } from '../../protocol/engine';
import type { Explanation } from '../../protocol/explanation';
import type { PanelSettings, SizeChoice, ToPanel } from '../../protocol/panel';
import { baseName } from '../images/imageName';

/** What is told to the panel's page, in the words of the user's language. */
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
