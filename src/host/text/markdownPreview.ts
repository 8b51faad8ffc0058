import * as vscode from 'vscode';
import { asUri } from '../images/asUri';
import { onTheWebMessage, resolveImage } from './resolveImage';
import { spellings } from './spellings';

/** What the Markdown preview passes to a command in the menu of a picture. */
export interface PreviewPicture {
  /** The document. */
  readonly resource: vscode.Uri;
  /** The address as Markdown has it; the preview knows none for pictures that are written in HTML. */
  readonly imageSource?: string;
  /** The picture's place on the page, from `image-0` on. */
  readonly id?: string;
}

/** Undefined for what menus of other pages pass. */
export function asPreviewPicture(clicked: unknown): PreviewPicture | undefined {
  if (typeof clicked !== 'object' || clicked === null) return undefined;
  const { webviewSection, resource, imageSource, id } = clicked as Record<string, unknown>;
  const document = asUri(resource);
  if ((webviewSection !== 'image' && webviewSection !== 'localImage') || !document) return undefined;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { resource: document, imageSource: text(imageSource), id: text(id) };
}

/** The file that the preview shows; where there is none to explain, the user is told why. */
export async function previewedImage({ resource, imageSource, id }: PreviewPicture): Promise<vscode.Uri | undefined> {
  const address = imageSource ?? (await addressInHtml(resource, id));
  if (address === undefined) {
    return warn(vscode.l10n.t('The preview does not say which file this picture is. Explain it from the explorer.'));
  }
  if (/^data:/i.test(address)) {
    return warn(vscode.l10n.t('This picture is in the text itself: save it into the workspace first.'));
  }
  for (const target of spellings(address, true)) {
    const image = await resolveImage(target, resource);
    if (image?.kind === 'file') return image.uri;
    if (image?.kind === 'web') return warn(onTheWebMessage());
  }
  return warn(vscode.l10n.t('There is no picture at {0}.', address));
}

function warn(message: string): undefined {
  void vscode.window.showWarningMessage(message);
}

const COMMENT = /<!--.*?-->/gs;
const IMAGE_TAG = /<img\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const SOURCE = /\s(?:data-src|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;

/** The address of a picture by its place among the pictures of the page. */
async function addressInHtml(resource: vscode.Uri, id: string | undefined): Promise<string | undefined> {
  const index = /^image-(\d+)$/.exec(id ?? '')?.[1];
  if (index === undefined) return undefined;
  const document = await vscode.workspace.openTextDocument(resource);
  const html = await vscode.commands.executeCommand<string>('markdown.api.render', document);
  const tag = html.replace(COMMENT, '').match(IMAGE_TAG)?.[Number(index)];
  const source = SOURCE.exec(tag ?? '')
    ?.slice(1)
    .find((text) => text !== undefined);
  if (source === undefined) return undefined;
  const { decode } = await import('html-entities');
  return decode(source);
}
