import * as vscode from 'vscode';
import { imagesInRange } from './imagesInRange';

/** "Explain Image" in the light bulb's menu, on a reference to an image or on a selection with several. */
export class ImageCodeActions implements vscode.CodeActionProvider {
  /** A kind of its own: neither a fix nor a refactoring, and nothing that is applied on save. */
  static readonly kind = vscode.CodeActionKind.Empty.append('explainImage');

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    if (context.only && !context.only.contains(ImageCodeActions.kind)) return [];
    const found = await imagesInRange(document, range, token);
    const files = found.flatMap(({ image }) => (image.kind === 'file' ? [image.uri] : []));
    const images = [...new Map(files.map((uri) => [uri.toString(), uri])).values()];
    if (images.length === 0 || token.isCancellationRequested) return [];
    const several = images.length > 1;
    const title = several ? vscode.l10n.t('Explain Images') : vscode.l10n.t('Explain Image');
    const action = new vscode.CodeAction(title, ImageCodeActions.kind);
    const command = several ? 'clipSurgery.explainImages' : 'clipSurgery.explainImage';
    action.command = { title, command, arguments: [images[0], images] };
    return [action];
  }
}
