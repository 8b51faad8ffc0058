import * as vscode from 'vscode';
import type { Picture } from '../../protocol/engine';
import type { EngineHost } from '../engineHost';
import { failureText } from '../errors';
import { imageSource } from '../images/imageSource';
import { imagesInRange } from './imagesInRange';
import { onTheWebMessage } from './resolveImage';

const EXPLAIN = 'clipSurgery.explainImage';
/** Side of the square that a thumbnail fits into, in pixels: with its line of text it fits into a hover unscrolled. */
const SIDE = 200;
/** The editor cuts off longer Markdown, and with it the rest of the picture. */
const LONGEST_MARKDOWN = 90_000;

/** A small picture of the image that a text refers to, and the way to its maps. */
export class ImageHover implements vscode.HoverProvider {
  constructor(private readonly engine: EngineHost) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const [found] = await imagesInRange(document, new vscode.Range(position, position), token);
    if (!found) return undefined;
    const { image, range } = found;
    if (image.kind === 'web') return new vscode.Hover(new vscode.MarkdownString(onTheWebMessage()), range);
    const contents = await this.describe(image.uri, token);
    return contents && !token.isCancellationRequested ? new vscode.Hover(contents, range) : undefined;
  }

  /** @returns undefined when nobody waits for it any more */
  private async describe(
    image: vscode.Uri,
    token: vscode.CancellationToken,
  ): Promise<vscode.MarkdownString | undefined> {
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    if (token.isCancellationRequested) abort.abort();
    try {
      const request = { image: await imageSource(image), side: SIDE };
      return preview(image, await this.engine.client.call('thumbnail', request, { signal: abort.signal }));
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      return new vscode.MarkdownString().appendText(failureText(error));
    } finally {
      subscription.dispose();
    }
  }
}

function preview(image: vscode.Uri, picture: Picture): vscode.MarkdownString {
  const contents = new vscode.MarkdownString('', true);
  contents.isTrusted = { enabledCommands: [EXPLAIN] };
  const argument = encodeURIComponent(JSON.stringify([image]));
  const explain = `[$(eye) ${vscode.l10n.t('Explain Image')}](command:${EXPLAIN}?${argument})`;
  contents.appendMarkdown(`${picture.width} × ${picture.height} · ${explain}`);
  const thumbnail = markdownImage(image, picture);
  return thumbnail.length <= LONGEST_MARKDOWN ? contents.appendMarkdown(`\n\n${thumbnail}`) : contents;
}

/** With its size, so that the hover does not jump when the picture arrives. */
function markdownImage(image: vscode.Uri, { width, height, bytes, mime }: Picture): string {
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const size = `width=${Math.max(1, Math.round(width * scale))},height=${Math.max(1, Math.round(height * scale))}`;
  const name = image.path.slice(image.path.lastIndexOf('/') + 1).replace(/[\\[\]]/g, '\\$&');
  return `![${name}](data:${mime};base64,${Buffer.from(bytes).toString('base64')}|${size})`;
}
