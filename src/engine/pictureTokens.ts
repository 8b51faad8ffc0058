import { normalise } from '../clip/preprocess/normalise';
import { resize } from '../clip/preprocess/resize';
import { decodeImage, type ImageFile } from './imageReader';
import { breathe, type Job } from './job';
import type { VisionEncoder, VisionSetup } from './visionEncoder';

/** Tokens `[1+N, D]` of a picture, and how many milliseconds its pixels and its tokens took. */
export interface PictureTokens {
  readonly tokens: Float32Array;
  readonly decode: number;
  readonly encode: number;
}

/** Encodes a picture; from the cache, and in no time, where that was done before. */
export async function pictureTokens(
  file: ImageFile,
  vision: VisionEncoder,
  setup: VisionSetup,
  job: Job,
): Promise<PictureTokens> {
  const known = vision.known(file.sha256, setup);
  if (known) return { tokens: known, decode: 0, encode: 0 };
  await breathe(job);
  const started = performance.now();
  const { height, width } = setup.size;
  const decoded = resize(await decodeImage(file), width, height);
  job.stage({ name: 'encoding-image', height, width });
  await breathe(job);
  const prepared = performance.now();
  const { mean, std } = setup.model.config;
  const tokens = await vision.encode(normalise(decoded, mean, std), 1, setup, job);
  vision.remember(file.sha256, setup, tokens);
  return { tokens, decode: prepared - started, encode: performance.now() - prepared };
}
