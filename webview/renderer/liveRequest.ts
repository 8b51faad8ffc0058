import type { Explanation } from '../../src/protocol/explanation';
import type { ExplanationOutput, LiveRequest } from '../../src/protocol/notebook';
import { same } from '../prompts/words';
import type { Hello } from './hostLink';

/** What would bring this output again; without prompts where it shows a vocabulary. */
export function requestOf({ explanations, vocabulary }: ExplanationOutput, hello: Hello | undefined): LiveRequest {
  const first = explanations[0]!;
  const side = sideOf(first, hello?.sizes ?? []);
  return {
    ...(vocabulary === undefined && { prompts: wordsOf(first) }),
    methods: [...new Set(explanations.map(({ method }) => method.name))],
    // Left out where it is the model's own: another model brings its own.
    ...(side !== hello?.defaultSide && { side }),
    aspect: first.mapping,
  };
}

/** The prompts, each once. */
export function wordsOf({ prompts }: Explanation): string[] {
  return [...new Set(prompts.map(({ text }) => text))];
}

/** Whether a request would bring what is stored, as far as is known here. */
export function bringsStored(
  { prompts, methods, side, aspect }: LiveRequest,
  output: ExplanationOutput,
  hello: Hello | undefined,
): boolean {
  const stored = requestOf(output, hello);
  const words = wordsOf(output.explanations[0]!);
  const isSameWords = same(prompts ?? words, words);
  return isSameWords && same(methods, stored.methods) && side === stored.side && aspect === stored.aspect;
}

/** Whether two outputs show the same maps under the same names. */
export function hasSameMaps(a: ExplanationOutput, b: ExplanationOutput): boolean {
  const shown = ({ explanations }: ExplanationOutput) =>
    JSON.stringify(
      explanations.map(({ prompts, method, grid }) => [
        method.name,
        [grid.rows, grid.cols],
        prompts.map(({ text, label, color, score, map }) => [text, label, color, score, map]),
      ]),
    );
  return shown(a) === shown(b);
}

/** A grid in the picture's own shape has about as many patches as the square that was asked for. */
function sideOf({ encoded, mapping }: Explanation, sizes: readonly number[]): number {
  const side = Math.round(Math.sqrt(encoded.width * encoded.height));
  if (mapping === 'squash') return side;
  return sizes.reduce((best, size) => (Math.abs(size - side) < Math.abs(best - side) ? size : best), sizes[0] ?? side);
}
