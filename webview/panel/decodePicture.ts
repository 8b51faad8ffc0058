import type { PanelPicture } from '../../src/protocol/panel';
import { decode } from '../camView/decode';
import type { Picture } from '../camView/picture';

/**
 * Decodes the picture that the host sent.
 * @throws DOMException when the browser cannot show them.
 */
export async function decodePicture({ bytes, mime, width, height }: PanelPicture): Promise<Picture> {
  const blob = new Blob([toBytes(bytes)], { type: mime });
  return { width, height, source: await decode(blob) };
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
