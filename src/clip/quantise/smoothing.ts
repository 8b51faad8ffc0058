/**
 * Factors `[in]` that the inputs of linear layers are divided by and their weights multiplied with, so that both use
 * their steps alike: sqrt(peak of the input / peak of the weights), per input (SmoothQuant, arXiv 2211.10438, with
 * alpha 0.5). Transformers have a few channels that are far larger than all others: quantised as they are, they
 * would leave the others only a few steps.
 *
 * @param peaks largest absolute value of each input, `[in]`
 * @param weights `[out, in]` each, of all layers that read the inputs
 */
export function smoothing(peaks: Float32Array, weights: readonly Float32Array[]): Float32Array {
  const inputs = peaks.length;
  const largest = new Float32Array(inputs);
  for (const weight of weights) {
    for (let k = 0; k < weight.length; k++) {
      const i = k % inputs;
      const size = Math.abs(weight[k]!);
      if (size > largest[i]!) largest[i] = size;
    }
  }
  return peaks.map((peak, i) => (peak > 0 && largest[i]! > 0 ? Math.sqrt(peak / largest[i]!) : 1));
}
