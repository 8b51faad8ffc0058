import type { VisionTower } from '../architecture';
import type { TokenPath } from '../graph/visionTransformer';
import type { SimilarityInput } from '../explanation/similarity';

/** A way through the image encoder. Methods that share one share its session and the encoded pictures. */
export interface ImagePath {
  readonly name: string;
  /**
   * How many of the last blocks differ from CLIP's own.
   * @throws ModelError when the encoder has fewer blocks than asked for.
   */
  blocks(tower: VisionTower, wanted: number | undefined): number;
  /** @param blocks the answer of {@link blocks} */
  path(blocks: number): TokenPath;
}

/** A training-free way to tie patches to words: which tokens the image encoder gives, and how they are compared. */
export interface ExplanationMethod {
  readonly image: ImagePath;
  /** Similarities `[shown, N]` of the patches to the shown prompts. */
  similarities(input: SimilarityInput): Float32Array;
  /** Whether features that all labels share are taken out, so that other labels matter. */
  readonly removesRedundancy: boolean;
}
