import type { PanelPicture } from '../../src/protocol/panel';
import type { Picture } from '../camView/picture';

/**
 * Decodes the bytes of a picture, upright by its EXIF orientation.
 * @throws DOMException when the browser cannot show them.
 */
export async function decodePicture({ bytes, mime, width, height }: PanelPicture): Promise<Picture> {
  const blob = new Blob([toBytes(bytes)], { type: mime });
  return { width, height, source: mime.includes('svg') ? await viaImage(blob) : await viaBitmap(blob) };
}

async function viaBitmap(blob: Blob): Promise<ImageBitmap | HTMLImageElement> {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch {
    return viaImage(blob);
  }
}

/** For what only an image element can show; the address goes as soon as it is decoded. */
export async function viaImage(blob: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Bytes arrive in other clothes where a message went through JSON or an older channel. */
export function toBytes(bytes: unknown): Uint8Array<ArrayBuffer> {
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
  if (typeof bytes === 'object' && bytes !== null && 'data' in bytes && Array.isArray(bytes.data)) {
    return Uint8Array.from(bytes.data as number[]);
  }
  return new Uint8Array();
}
