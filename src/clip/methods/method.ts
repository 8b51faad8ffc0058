import type { ImageEncoder } from '../architecture';
import type { SimilarityInput } from '../explanation/similarity';
import type { PoolPath } from '../graph/attentionPool';
import type { TokenPath } from '../graph/visionTransformer';
import type { ResNetKeys } from '../../protocol/explanation';

/** A way through the image encoder. Methods that share one share its session and the encoded pictures. */
export interface ImagePath {
  readonly name: string;
  /**
   * How many of the last blocks differ from CLIP's own; a ResNet has one, its attention pool.
   * @throws ModelError when the encoder has fewer blocks than asked for.
   */
  blocks(encoder: ImageEncoder, wanted: number | undefined): number;
  /**
   * Through a vision transformer.
   * @param blocks the answer of {@link blocks}
   */
  path(blocks: number): TokenPath;
  /** Through the attention pool of a ResNet. */
  pool(keys: ResNetKeys): PoolPath;
}

/** A training-free way to tie patches to words: which tokens the image encoder gives, and how they are compared. */
export interface ExplanationMethod {
  readonly image: ImagePath;
  /** Similarities `[shown, N]` of the patches to the shown prompts. */
  similarities(input: SimilarityInput): Float32Array;
  /** Whether features that all labels share are taken out, so that other labels matter. */
  readonly removesRedundancy: boolean;
}
