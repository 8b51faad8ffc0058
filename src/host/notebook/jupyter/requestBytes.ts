import * as vscode from 'vscode';
import { isImagePath } from '../../images/imageExtensions';
import { pictureExtension } from './outputPictures';
import { bytesName } from './bytesName';

const MOST_BYTES = 64 * 2 ** 20;
/** Of a `data:` address, in front of the comma. */
const LONGEST_HEAD = 100;

/** How image files begin that programs send without saying what they are; all others are called like the commonest. */
const BEGINNINGS: readonly (readonly [extension: string, base64: RegExp])[] = [
  ['jpg', /^\/9j\//],
  ['webp', /^UklGR/],
  ['gif', /^R0lGOD/],
  ['svg', /^PHN2Zy|^PD94bWw/],
];

/**
 * The image that is written out in a request, as a `data:` address or as bare base64.
 * @returns undefined for a path
 * @throws Error with one sentence when it is no base64, no image, or too large
 */
export function imageBytes(image: string): { readonly bytes: Uint8Array; readonly name: string } | undefined {
  const { t } = vscode.l10n;
  const isAddress = /^data:/i.test(image);
  if (!isAddress && (isImagePath(image) || !isBase64(image.slice(0, 100)))) return undefined;
  const comma = isAddress ? image.indexOf(',') : -1;
  const head = image.slice(0, Math.min(LONGEST_HEAD, Math.max(0, comma))).toLowerCase();
  const [, mime] = /^data:([^;,]*)[^,]*;base64$/.exec(head) ?? [];
  if (isAddress && (mime === undefined || !pictureExtension(mime))) {
    throw new Error(t('The request’s “image” is not the base64 of an image file.'));
  }
  const encoded = image.slice(comma + 1);
  if (encoded.length > MOST_BYTES * 1.4) throw new Error(t('The request’s image is larger than {0} MB.', 64));
  const bytes = isBase64(encoded) ? Buffer.from(encoded, 'base64') : new Uint8Array();
  if (bytes.length === 0) throw new Error(t('The request’s “image” is not the base64 of an image file.'));
  if (bytes.length > MOST_BYTES) throw new Error(t('The request’s image is larger than {0} MB.', 64));
  const guessed = BEGINNINGS.find(([, beginning]) => beginning.test(encoded))?.[0] ?? 'png';
  return { bytes, name: bytesName(bytes, (mime && pictureExtension(mime)) || guessed) };
}

/** Lines may be broken, as some encoders do. */
function isBase64(text: string): boolean {
  return /^[a-z\d+/]*={0,2}$/i.test(text.replace(/\s+/g, ''));
}
