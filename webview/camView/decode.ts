/**
 * Decodes the bytes of an image file, upright by its EXIF orientation.
 * @throws DOMException when the browser cannot show them.
 */
export async function decode(blob: Blob): Promise<ImageBitmap | HTMLImageElement> {
  if (blob.type.includes('svg')) return viaImage(blob);
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
