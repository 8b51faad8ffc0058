import { softmax } from './softmax';

/**
 * Score per class: the softmax of logit scale x cosine over all cosines of all classes; of a single class,
 * over its own and the empty prompt's. The highest of a class counts, so the scores of synonyms add up to
 * less than 1.
 *
 * @param cosines of the class token, per class one or more
 * @param emptyCosine of the class token and the empty prompt; needed for a single class
 */
export function classScores(
  cosines: readonly (readonly number[])[],
  emptyCosine: number | undefined,
  logitScale: number,
): number[] {
  const rivals = cosines.length === 1 && emptyCosine !== undefined ? [...cosines, [emptyCosine]] : cosines;
  const shares = softmax(Float64Array.from(rivals.flat(), (c) => c * logitScale));
  let from = 0;
  return cosines.map(({ length }) => Math.max(...shares.subarray(from, (from += length))));
}
