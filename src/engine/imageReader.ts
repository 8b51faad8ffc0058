import { decode as decodeBmp } from 'bmp-ts';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import type { RgbImage } from '../clip/preprocess/resize';
import type { ImageSource, Picture } from '../protocol/engine';
import { EngineError } from './failure';

/** Decoded, such a picture takes 300 MB; more is a mistake or a decompression bomb. */
const MOST_PIXELS = 100e6;
const MOST_BYTES = 512 * 2 ** 20;

/** The bytes of an image file and their hash. */
export interface ImageFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** @throws EngineError when the file cannot be read or is empty. */
export async function readImageFile(source: ImageSource): Promise<ImageFile> {
  const bytes = 'path' in source ? await readBytes(source.path) : source.bytes;
  if (bytes.length === 0) throw new EngineError('bad-image', 'The image file is empty.');
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES)
      throw new EngineError('bad-image', `The image file has ${Math.round(size / 2 ** 20)} MB; the limit is 512 MB.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new EngineError(
      'bad-image',
      code === 'ENOENT' ? 'The image file is not there any more.' : `The image file cannot be read: ${message}.`,
    );
  }
}

/**
 * The picture as RGB: EXIF orientation applied, transparency over white, 16 bits to 8, grey and
 * CMYK to sRGB, the first frame of an animation.
 * @throws EngineError when this is no image that can be read, or it is too large.
 */
export async function decodeImage({ bytes }: ImageFile): Promise<RgbImage> {
  return guarded(async () => {
    const image = open(bytes);
    await checkedSize(image);
    const { data, info } = await image
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3)
      throw new EngineError('bad-image', `The image decodes to ${info.channels} channels instead of 3.`);
    return { width: info.width, height: info.height, data };
  });
}

/**
 * Width and height after the EXIF orientation is applied, from the header alone.
 * @throws EngineError as {@link decodeImage}.
 */
export async function imageSize({ bytes }: ImageFile): Promise<{ width: number; height: number }> {
  return guarded(() => checkedSize(open(bytes)));
}

/** What a browser shows as it is; anything else is re-encoded. */
const SHOWABLE: Readonly<Record<string, string>> = {
  png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif', svg: 'image/svg+xml',
}; // prettier-ignore

/**
 * The picture for showing.
 * @throws EngineError as {@link decodeImage}.
 */
export async function readPicture({ bytes }: ImageFile): Promise<Picture> {
  return guarded(async () => {
    const image = open(bytes);
    const { width, height, format } = await checkedSize(image);
    const mime = SHOWABLE[format];
    if (mime) return { width, height, bytes, mime };
    const webp = await image.autoOrient().toColourspace('srgb').webp({ quality: 92 }).toBuffer();
    return { width, height, bytes: webp, mime: 'image/webp' };
  });
}

/**
 * The picture as a WebP that fits into a square of `side` pixels; width and height are its own.
 * @throws EngineError as {@link decodeImage}.
 */
export async function readThumbnail({ bytes }: ImageFile, side: number): Promise<Picture> {
  return guarded(async () => {
    const image = open(bytes);
    const { width, height } = await checkedSize(image);
    const small = image.autoOrient().resize(side, side, { fit: 'inside', withoutEnlargement: true });
    return { width, height, bytes: await small.toColourspace('srgb').webp().toBuffer(), mime: 'image/webp' };
  });
}

/** PNG bytes of an RGBA picture. */
export async function encodePng(rgba: Uint8ClampedArray, width: number, height: number): Promise<Uint8Array> {
  return sharp(rgba, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png()
    .toBuffer();
}

function open(bytes: Uint8Array): Sharp {
  const isBmp = bytes[0] === 0x42 && bytes[1] === 0x4d;
  return isBmp ? openBmp(bytes) : sharp(bytes, { limitInputPixels: false, failOn: 'error', animated: false });
}

/** The prebuilt image library reads no BMP. */
function openBmp(bytes: Uint8Array): Sharp {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30) throw new EngineError('bad-image', 'The BMP file is cut off.');
  rejectSize(header.getInt32(18, true), Math.abs(header.getInt32(22, true)));
  const { width, height, data } = decodeBmp(Buffer.from(bytes), { toRGBA: true });
  const hasAlpha = header.getUint16(28, true) === 32 && data.some((value, i) => i % 4 === 3 && value > 0);
  if (!hasAlpha) for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return sharp(data, { raw: { width, height, channels: 4 } });
}

/** Pixels after the orientation is applied, from the header alone. */
async function checkedSize(image: Sharp): Promise<{ width: number; height: number; format: string }> {
  const { autoOrient, format, pages, pageHeight } = await image.metadata();
  const height = pages && pages > 1 && pageHeight ? pageHeight : autoOrient.height;
  rejectSize(autoOrient.width, height);
  return { width: autoOrient.width, height, format };
}

function rejectSize(width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return;
  throw new EngineError(
    'bad-image',
    `The picture has ${width} x ${height} pixels; the limit is 100 megapixels.`,
    'Make a smaller copy of it first.',
  );
}

async function guarded<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const reason = (error as Error).message.split('\n')[0]!;
    const unknown = /unsupported image format/i.test(reason);
    throw new EngineError(
      'bad-image',
      unknown ? 'This file is not an image that can be read.' : `The image is damaged: ${reason}.`,
    );
  }
}
