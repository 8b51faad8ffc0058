import { softmax } from './softmax';

/**
 * Score per prompt: the softmax of logit scale x cosine over the shown prompts; of a single
 * prompt, over it and the empty one.
 *
 * @param cosines of the class token and each shown prompt
 * @param emptyCosine of the class token and the empty prompt; needed for a single prompt
 */
export function promptScores(
  cosines: readonly number[],
  emptyCosine: number | undefined,
  logitScale: number,
): number[] {
  const rivals = cosines.length === 1 && emptyCosine !== undefined ? [...cosines, emptyCosine] : cosines;
  return [...softmax(Float64Array.from(rivals, (c) => c * logitScale))].slice(0, cosines.length);
}
