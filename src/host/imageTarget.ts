import * as vscode from 'vscode';

/** The same list as in package.json's menus. */
const IMAGE_EXTENSIONS = ['png', 'jpg', 'jpeg', 'jpe', 'webp', 'gif', 'bmp', 'avif', 'tif', 'tiff', 'svg'];
const IMAGE_FILE = new RegExp(`\\.(${IMAGE_EXTENSIONS.join('|')})$`, 'i');

/**
 * Turns what a menu or the palette passes to a command into images. Each menu passes something else:
 * the explorer the clicked file and the selection, which holds non-images too; tabs and title buttons
 * the file and an editor context; the picture in an image preview an object without any address, and
 * then the active tab is the right one; the palette nothing.
 *
 * @returns the images, or undefined when the user chose none
 */
export async function imageTargets(clicked: unknown, selection: unknown): Promise<readonly vscode.Uri[] | undefined> {
  if (Array.isArray(selection) && selection.every(isUri) && selection.length > 0) {
    const images = selection.filter(isImage);
    if (images.length > 0) return images;
  }
  if (isUri(clicked)) return [clicked];
  const active = activeImage();
  return active ? [active] : chooseImages();
}

/** The image of the active tab, shown as a picture or as text (SVG). */
export function activeImage(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const hasUri = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return hasUri && isImage(input.uri) ? input.uri : undefined;
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

export function isImage(uri: vscode.Uri): boolean {
  return IMAGE_FILE.test(uri.path);
}

function isUri(value: unknown): value is vscode.Uri {
  return value instanceof vscode.Uri;
}
