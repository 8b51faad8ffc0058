import { softmax } from './softmax';
import { dot, type SimilarityInput } from './similarity';

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

function withoutEmpty({ tokens, texts, width, shown }: SimilarityInput, empty: Float32Array): Float32Array {
  const patches = tokens.length / width - 1;
  const out = new Float32Array(shown * patches);
  for (let i = 0; i < patches; i++) {
    const shared = dot(tokens, 1 + i, empty, 0, width);
    for (let t = 0; t < shown; t++) out[t * patches + i] = dot(tokens, 1 + i, texts, t, width) - shared;
  }
  return out;
}

function withoutShared({ tokens, texts, width, shown, classWeights }: SimilarityInput): Float32Array {
  const patches = tokens.length / width - 1;
  const labels = texts.length / width;
  const weights = classWeights === 'uniform' ? new Float64Array(labels).fill(1) : labelWeights(tokens, texts, width);
  const out = new Float32Array(shown * patches);
  const weighted = new Float64Array(labels);
  for (let i = 0; i < patches; i++) {
    let sum = 0;
    for (let t = 0; t < labels; t++) {
      weighted[t] = weights[t]! * dot(tokens, 1 + i, texts, t, width);
      sum += weighted[t]!;
    }
    for (let t = 0; t < shown; t++) out[t * patches + i] = weighted[t]! - sum / labels;
  }
  return out;
}

/** Weight of each label, mean 1: how much more than the average label it fits the class token. */
function labelWeights(tokens: Float32Array, texts: Float32Array, width: number): Float64Array {
  const labels = texts.length / width;
  const logits = Float64Array.from({ length: labels }, (_, t) => SHARPNESS * dot(tokens, 0, texts, t, width));
  return softmax(logits).map((p) => p * labels);
}
