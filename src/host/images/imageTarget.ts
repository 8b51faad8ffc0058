import * as vscode from 'vscode';
import { asUri } from './asUri';
import { IMAGE_EXTENSIONS, isImagePath } from './imageExtensions';
import { asPreviewPicture, previewedImage } from '../text/markdownPreview';
import { onTheWebMessage } from '../text/resolveImage';

/**
 * Turns what a menu, a link or the palette passes to a command into images. Each passes something else:
 * the explorer the clicked file and the selection, which holds non-images too; tabs and title buttons
 * the file and an editor context; a hover's link the parts of a URI; the Markdown preview the document and
 * the address in it; the picture in an image preview an object without any address, and then the active
 * tab is the right one; the palette nothing.
 *
 * @returns the images, or undefined when there are none: the user chose none, or was told why
 */
export async function imageTargets(clicked: unknown, selection: unknown): Promise<readonly vscode.Uri[] | undefined> {
  const images = imagesIn(selection);
  if (images.length > 0) return images;
  const uri = asUri(clicked);
  if (uri?.scheme === 'http' || uri?.scheme === 'https') {
    void vscode.window.showWarningMessage(onTheWebMessage());
    return undefined;
  }
  // Menus name real files; what a link names must at least be called like an image.
  if (uri && (clicked instanceof vscode.Uri || isImagePath(uri.path))) return [uri];
  const previewed = asPreviewPicture(clicked);
  if (previewed) {
    const image = await previewedImage(previewed);
    return image && [image];
  }
  const active = activeImage();
  return active ? [active] : chooseImages();
}

/** The image of the active tab, shown as a picture or as text (SVG). */
export function activeImage(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const hasUri = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return hasUri && isImagePath(input.uri.path) ? input.uri : undefined;
}

/** Asks for image files. */
export async function chooseImages(): Promise<readonly vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: vscode.l10n.t('Explain Image'),
    openLabel: vscode.l10n.t('Explain'),
    canSelectMany: true,
    filters: { [vscode.l10n.t('Images')]: IMAGE_EXTENSIONS },
    defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
  });
}

function imagesIn(selection: unknown): readonly vscode.Uri[] {
  if (!Array.isArray(selection)) return [];
  const uris = selection.map(asUri);
  return uris.every((uri) => uri !== undefined) ? uris.filter(({ path }) => isImagePath(path)) : [];
}
