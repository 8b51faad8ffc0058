import { softmax } from './softmax';
import type { SimilarityInput } from './similarity';

/** The official code sharpens the class weights with this factor, whatever the model's own logit scale. */
const SHARPNESS = 2;

/**
 * Feature surgery: similarities `[shown, N]` without what all labels have in common
 * (arXiv 2304.05653, METHODS.md section 2).
 *
 * With c the cosines of token i and w the weight of each label from the class token,
 * `sim[i, t] = w[t] c[i, t] - mean over labels of w c[i]`. This closed form equals the published
 * one to 1e-7 and never holds the `[N, T, D]` products. With `empty`, `sim[i, t] = f[i] · (t - empty)`.
 */
export function featureSurgery(input: SimilarityInput): Float32Array {
  return input.empty ? withoutEmpty(input, input.empty) : withoutShared(input);
}

function withoutEmpty({ cosines, shown }: SimilarityInput, empty: Float32Array): Float32Array {
  const patches = empty.length - 1;
  const out = new Float32Array(shown * patches);
  for (let t = 0; t < shown; t++) {
    for (let i = 0; i < patches; i++) out[t * patches + i] = cosines[t]![1 + i]! - empty[1 + i]!;
  }
  return out;
}

function withoutShared({ cosines, shown, classWeights }: SimilarityInput): Float32Array {
  const patches = cosines[0]!.length - 1;
  const weights = classWeights === 'uniform' ? new Float64Array(cosines.length).fill(1) : labelWeights(cosines);
  const mean = new Float64Array(patches);
  for (const [t, row] of cosines.entries()) {
    const share = weights[t]! / cosines.length;
    for (let i = 0; i < patches; i++) mean[i]! += share * row[1 + i]!;
  }
  const out = new Float32Array(shown * patches);
  for (let t = 0; t < shown; t++) {
    for (let i = 0; i < patches; i++) out[t * patches + i] = weights[t]! * cosines[t]![1 + i]! - mean[i]!;
  }
  return out;
}

/** Weight of each label, mean 1: how much more than the average label it fits the class token. */
function labelWeights(cosines: readonly Float32Array[]): Float64Array {
  const logits = Float64Array.from(cosines, ([ofClassToken]) => SHARPNESS * ofClassToken!);
  return softmax(logits).map((p) => p * cosines.length);
}
