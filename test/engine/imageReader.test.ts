import { strict as assert } from 'node:assert';
import { encode as encodeBmp } from 'bmp-ts';
import sharp, { type Sharp } from 'sharp';
import { decodeImage, readImageFile, readPicture, readThumbnail } from '../../src/engine/imageReader';

/** Red on the left, blue on the right, 40 x 20. */
function halves(): Sharp {
  const data = Buffer.from(
    Array.from({ length: 40 * 20 }, (_, i) => (i % 40 < 20 ? [220, 20, 20] : [20, 20, 220])).flat(),
  );
  return sharp(data, { raw: { width: 40, height: 20, channels: 3 } });
}

async function decode(bytes: Uint8Array) {
  const image = await decodeImage(await readImageFile({ bytes }));
  const at = (x: number, y: number) => [
    ...image.data.subarray((y * image.width + x) * 3, (y * image.width + x) * 3 + 3),
  ];
  return { ...image, at };
}

function near(actual: number[], expected: number[], tolerance = 12): void {
  assert.ok(actual.every((value, i) => Math.abs(value - expected[i]!) <= tolerance), `${actual.join()} is not ${expected.join()}`); // prettier-ignore
}

describe('image reader', () => {
  const formats: [string, () => Promise<Uint8Array>][] = [
    ['PNG', () => halves().png().toBuffer()],
    ['JPEG', () => halves().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer()],
    ['WebP', () => halves().webp({ lossless: true }).toBuffer()],
    ['GIF', () => halves().gif().toBuffer()],
    ['AVIF', () => halves().avif({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer()],
    ['TIFF', () => halves().tiff({ compression: 'none' }).toBuffer()],
    ['BMP', () => bmp()],
    ['CMYK JPEG', () => halves().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()],
    ['16-bit PNG', () => halves().toColourspace('rgb16').png().toBuffer()],
    ['SVG', () => Promise.resolve(Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="20" height="20" fill="#dc1414"/>' +
      '<rect x="20" width="20" height="20" fill="#1414dc"/></svg>'))],
  ]; // prettier-ignore
  for (const [name, make] of formats) {
    it(`reads ${name}`, async () => {
      const bytes = await make();
      const image = await decode(bytes);
      assert.deepEqual([image.width, image.height], [40, 20]);
      const tolerance = name === 'CMYK JPEG' ? 90 : 12; // there and back through ink
      near(image.at(5, 10), [220, 20, 20], tolerance);
      near(image.at(34, 10), [20, 20, 220], tolerance);
      const picture = await readPicture(await readImageFile({ bytes }));
      assert.deepEqual([picture.width, picture.height], [40, 20]);
      const thumbnail = await readThumbnail(await readImageFile({ bytes }), 10);
      assert.deepEqual([thumbnail.width, thumbnail.height], [40, 20], 'the picture’s own size');
      const small = await decode(thumbnail.bytes);
      assert.deepEqual([small.width, small.height], [10, 5]);
      near(small.at(1, 2), [220, 20, 20], tolerance + 24);
      near(small.at(8, 2), [20, 20, 220], tolerance + 24);
    });
  }

  async function bmp(): Promise<Uint8Array> {
    const rgba = await halves().ensureAlpha().raw().toBuffer();
    const abgr = Buffer.from(rgba);
    for (let i = 0; i < rgba.length; i += 4) [abgr[i], abgr[i + 1], abgr[i + 2], abgr[i + 3]] = [255, rgba[i + 2]!, rgba[i + 1]!, rgba[i]!]; // prettier-ignore
    return encodeBmp({ data: abgr, width: 40, height: 20, bitPP: 24 }).data;
  }

  it('turns a picture as its EXIF orientation says, and counts its sides after that', async () => {
    const bytes = await halves().jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
    const image = await decode(bytes);
    assert.deepEqual([image.width, image.height], [20, 40]);
    near(image.at(10, 5), [220, 20, 20], 30);
    const { width, height } = await readPicture(await readImageFile({ bytes }));
    assert.deepEqual([width, height], [20, 40]);
  });

  it('lays transparency over white', async () => {
    const clear = await sharp({ create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer(); // prettier-ignore
    near((await decode(clear)).at(1, 1), [255, 255, 255], 0);
  });

  it('reads grey', async () => {
    const grey = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#808080' } }).toColourspace('b-w').png().toBuffer(); // prettier-ignore
    near((await decode(grey)).at(1, 1), [128, 128, 128], 1);
  });

  it('takes the first frame of an animation', async () => {
    const frame = (color: string) => sharp({ create: { width: 8, height: 8, channels: 3, background: color } }).png().toBuffer(); // prettier-ignore
    const animated = await sharp([await frame('#ff0000'), await frame('#0000ff')], { join: { animated: true } })
      .gif()
      .toBuffer();
    const image = await decode(animated);
    assert.deepEqual([image.width, image.height], [8, 8]);
    near(image.at(4, 4), [255, 0, 0]);
    const { height } = await readPicture(await readImageFile({ bytes: animated }));
    assert.equal(height, 8);
  });

  it('shows a TIFF and an AVIF as WebP, and other files as they are', async () => {
    const tiff = await halves().tiff().toBuffer();
    assert.equal((await readPicture(await readImageFile({ bytes: tiff }))).mime, 'image/webp');
    const png = await halves().png().toBuffer();
    assert.deepEqual((await readPicture(await readImageFile({ bytes: png }))).bytes, png);
  });

  it('reads a picture of one pixel', async () => {
    const one = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#102030' } })
      .png()
      .toBuffer();
    assert.deepEqual((await decode(one)).at(0, 0), [16, 32, 48]);
  });

  it('refuses a decompression bomb by its header', async () => {
    const header = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    header.writeUInt32BE(20000, 16);
    header.writeUInt32BE(20000, 20);
    header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
    await assert.rejects(decode(header), { message: /20000 x 20000 pixels; the limit is 100 megapixels/ });
  });

  const broken: [string, Uint8Array, RegExp][] = [
    ['an empty file', new Uint8Array(), /file is empty/],
    ['a text file', Buffer.from('this is not a picture'), /not an image that can be read/],
    ['a cut BMP', Buffer.from('BM12345'), /cut off/],
    ['a BMP of nonsense', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]), /damaged|cannot be read/],
  ];
  for (const [what, bytes, message] of broken) {
    it(`says what is wrong with ${what}`, async () => assert.rejects(decode(bytes), { code: 'bad-image', message }));
  }

  it('says that a cut PNG is damaged', async () => {
    const png = await sharp(Buffer.from(Array.from({ length: 3 * 64 * 64 }, (_, i) => (i * 7919) % 251)), { raw: { width: 64, height: 64, channels: 3 } }).png().toBuffer(); // prettier-ignore
    await assert.rejects(decode(png.subarray(0, png.length / 2)), { code: 'bad-image', message: /damaged/ });
  });
});

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
