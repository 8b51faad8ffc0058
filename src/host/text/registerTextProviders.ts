import * as vscode from 'vscode';
import type { EngineHost } from '../engineHost';
import { ImageCodeActions } from './imageCodeActions';
import { ImageHover } from './imageHover';

/** Documents of which no path leads to a file: old versions, logs, consoles, other extensions' inputs. */
const EXCLUDED = new Set(['git', 'output', 'debug', 'comment', 'vscode-scm', 'vscode-interactive-input']);

/** Images that text refers to, in every language and file system. A selector can name schemes, but not leave any out. */
export function registerTextProviders(engine: EngineHost): vscode.Disposable[] {
  const everywhere: vscode.DocumentSelector = { scheme: '*' };
  const hover = new ImageHover(engine);
  const actions = new ImageCodeActions();
  const isText = ({ uri }: vscode.TextDocument) => !EXCLUDED.has(uri.scheme);
  return [
    vscode.languages.registerHoverProvider(everywhere, {
      provideHover: (document, ...rest) => (isText(document) ? hover.provideHover(document, ...rest) : undefined),
    }),
    vscode.languages.registerCodeActionsProvider(
      everywhere,
      {
        provideCodeActions: (document, ...rest) =>
          isText(document) ? actions.provideCodeActions(document, ...rest) : undefined,
      },
      { providedCodeActionKinds: [ImageCodeActions.kind] },
    ),
  ];
}
