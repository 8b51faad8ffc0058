import { decode } from '../camView/decode';

type Source = ImageBitmap | HTMLImageElement;

/** A decoded file, or why there is none. */
export type PictureFile = { readonly source: Source } | { readonly lack: 'missing' | 'changed' | 'unreadable' };

/**
 * The picture file of a record. The base of the output document is the notebook's folder, so that no host is
 * needed. Never throws.
 */
export async function loadPictureFile(path: string, sha256: string): Promise<PictureFile> {
  const address = relativeAddress(path);
  if (address === undefined) return { lack: 'missing' };
  let blob: Blob;
  try {
    const response = await fetch(address);
    if (!response.ok) return { lack: 'missing' };
    blob = await response.blob();
  } catch {
    return { lack: 'missing' };
  }
  try {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
    const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (hex !== sha256.toLowerCase()) return { lack: 'changed' };
    const isSvg = /\.svg$/i.test(path);
    return { source: await decode(isSvg ? new Blob([blob], { type: 'image/svg+xml' }) : blob) };
  } catch {
    return { lack: 'unreadable' };
  }
}

/** Only what lies beside the notebook: an absolute path or a scheme in a record is none of ours. */
export function relativeAddress(path: string): string | undefined {
  if (path === '' || /^([a-z][a-z0-9+.-]*:|[/\\])/i.test(path)) return undefined;
  try {
    return path.split('/').map(encodeURIComponent).join('/');
  } catch {
    return undefined; // Half a letter: no file is called so.
  }
}

/** @throws Error when it is not the base64 of a picture. */
export async function decodeThumbnail(thumbnail: string): Promise<Source> {
  const bytes = Uint8Array.from(atob(thumbnail), (character) => character.charCodeAt(0));
  return decode(new Blob([bytes], { type: 'image/webp' }));
}

export function free(source: Source | undefined): void {
  if (source instanceof ImageBitmap) source.close();
}
