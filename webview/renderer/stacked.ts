import type { Figure } from '../camView/figure';

const LONGEST_SIDE = 16_000;
const MOST_PIXELS = 64_000_000;

/** Several figures below each other, as one PNG. */
export async function stacked(figures: readonly Figure[]): Promise<Blob> {
  if (figures.length === 1) return figures[0]!.blob;
  const width = Math.max(...figures.map((figure) => figure.width));
  const height = figures.reduce((sum, figure) => sum + figure.height, 0);
  const scale = Math.min(1, LONGEST_SIDE / width, LONGEST_SIDE / height, Math.sqrt(MOST_PIXELS / (width * height)));
  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  let top = 0;
  for (const { blob, ...size } of figures) {
    const picture = await createImageBitmap(blob);
    context.drawImage(picture, 0, top * scale, size.width * scale, size.height * scale);
    picture.close();
    top += size.height;
  }
  return canvas.convertToBlob({ type: 'image/png' });
}
