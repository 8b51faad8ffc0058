/** What a method compares: cosines of all tokens of a picture with all labels. */
export interface SimilarityInput {
  /**
   * One row `[1 + N]` per label: with the class token, then with each patch. The shown labels come first, then
   * distractors and hidden reference words.
   */
  readonly cosines: readonly Float32Array[];
  /** How many of the labels are shown. */
  readonly shown: number;
  /** Cosines `[1 + N]` with the empty prompt: take these out instead of what the labels share. */
  readonly empty?: Float32Array;
  /** How feature surgery weighs the labels; `uniform` is for comparison only. */
  readonly classWeights: 'published' | 'uniform';
}

/** Similarities `[shown, N]` without any surgery: the cosines of the patches. */
export function plainCosines({ cosines, shown }: SimilarityInput): Float32Array {
  const patches = cosines[0]!.length - 1;
  const out = new Float32Array(shown * patches);
  for (let t = 0; t < shown; t++) out.set(cosines[t]!.subarray(1), t * patches);
  return out;
}
