/** What a method compares: features in rows, unit length throughout. */
export interface SimilarityInput {
  /** `[1 + N, D]`; token 0 is the class token. */
  readonly tokens: Float32Array;
  /** `[T, D]`: the shown labels first, then distractors and hidden reference words. */
  readonly texts: Float32Array;
  readonly width: number;
  /** How many of the texts are shown. */
  readonly shown: number;
  /** Features of the empty prompt `[D]`: take these out instead of what the texts share. */
  readonly empty?: Float32Array;
  /** How feature surgery weighs the labels; `uniform` is for comparison only. */
  readonly classWeights: 'published' | 'uniform';
}

/** Rows divided by their length; a row of zeros stays one. */
export function unitRows(rows: Float32Array, width: number): Float32Array {
  const out = new Float32Array(rows.length);
  for (let at = 0; at < rows.length; at += width) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += rows[at + i]! ** 2;
    const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
    for (let i = 0; i < width; i++) out[at + i] = rows[at + i]! * scale;
  }
  return out;
}

/** The dot product of row `i` of a and row `j` of b. */
export function dot(a: Float32Array, i: number, b: Float32Array, j: number, width: number): number {
  let sum = 0;
  for (let d = 0; d < width; d++) sum += a[i * width + d]! * b[j * width + d]!;
  return sum;
}

/** Cosines `[shown, N]` of patches and shown texts. */
export function cosines({ tokens, texts, width, shown }: SimilarityInput): Float32Array {
  const patches = tokens.length / width - 1;
  const out = new Float32Array(shown * patches);
  for (let t = 0; t < shown; t++) {
    for (let i = 0; i < patches; i++) out[t * patches + i] = dot(tokens, 1 + i, texts, t, width);
  }
  return out;
}
