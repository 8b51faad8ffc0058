/** An int8 weight `[in, out]` and, for each output, what one step of it stands for: `[out]`. */
export interface QuantisedLinear {
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

const LARGEST = 127;

/**
 * Rounds a weight to 255 steps per output, symmetric around 0, and lays it as the runtime multiplies it.
 * @param weight `[out, in]`
 * @param factors of the inputs, `[in]`, that the weight takes over from them; left out: ones
 * @param inputs how many there are
 */
export function quantiseLinear(weight: Float32Array, inputs: number, factors?: Float32Array): QuantisedLinear {
  const outputs = weight.length / inputs;
  const values = new Int8Array(weight.length);
  const scales = new Float32Array(outputs);
  const row = new Float32Array(inputs);
  for (let j = 0; j < outputs; j++) {
    let peak = 0;
    for (let i = 0; i < inputs; i++) {
      row[i] = weight[j * inputs + i]! * (factors ? factors[i]! : 1);
      peak = Math.max(peak, Math.abs(row[i]!));
    }
    const scale = peak > 0 ? peak / LARGEST : 1;
    scales[j] = scale;
    for (let i = 0; i < inputs; i++) values[i * outputs + j] = Math.round(row[i]! / scale);
  }
  return { values, scales };
}
