import * as vscode from 'vscode';
import type { ModelInfo, Picture } from '../../protocol/engine';
import { providerName } from '../../protocol/execution';
import type { Explanation } from '../../protocol/explanation';
import type { SizeChoice, ToPanel } from '../../protocol/panel';
import { baseName } from '../images/imageName';

type Setup = Extract<ToPanel, { readonly type: 'setup' }>;

/** What is told to the panel's page, in the words of the user's language. */
export function setupMessage(
  info: ModelInfo,
  chosen: Pick<Setup, 'prompts' | 'looks' | 'vocabulary' | 'settings' | 'isDemo'>,
): Setup {
  const { patch, nativeSize, explainSize } = info;
  // A side from elsewhere, e.g. chosen for another model, stands among this one's as the whole patches that it makes.
  const asked = chosen.settings.side;
  const side = asked && Math.max(1, Math.round(asked / patch)) * patch;
  const sides = [...new Set([...info.sizes, ...(side ? [side] : [])])].sort((a, b) => a - b);
  const sizes = sides.map((one): SizeChoice => ({
    side: one,
    patches: one / patch,
    isNative: one === nativeSize,
    isDefault: one === explainSize,
  }));
  return { type: 'setup', ...chosen, settings: { ...chosen.settings, side }, sizes, note: info.note };
}

export function pictureMessage(uri: vscode.Uri, { width, height, mime, bytes }: Picture): ToPanel {
  const label = vscode.workspace.asRelativePath(uri);
  return { type: 'picture', picture: { name: baseName(uri), label, width, height, mime, bytes } };
}

export function explanationMessage(explanation: Explanation): ToPanel {
  const { provider, precision, timings } = explanation;
  const device = `${providerName(provider)} ${precision} · ${Math.round(timings.total)} ms`;
  return { type: 'explanation', explanation, device };
}
