import type { Explanation } from '../../src/protocol/explanation';
import type { ExplanationOutput, LiveRequest } from '../../src/protocol/notebook';
import type { Hello } from './hostLink';

/** What would bring this output again. */
export function requestOf({ explanations }: ExplanationOutput, hello: Hello | undefined): LiveRequest {
  const first = explanations[0]!;
  const side = sideOf(first, hello?.sizes ?? []);
  return {
    prompts: [...new Set(first.prompts.map(({ text }) => text))],
    methods: [...new Set(explanations.map(({ method }) => method.name))],
    // Left out where it is the model's own: another model brings its own.
    ...(side !== hello?.defaultSide && { side }),
    aspect: first.mapping,
  };
}

/** A grid in the picture's own shape has about as many patches as the square that was asked for. */
function sideOf({ encoded, mapping }: Explanation, sizes: readonly number[]): number {
  const side = Math.round(Math.sqrt(encoded.width * encoded.height));
  if (mapping === 'squash') return side;
  return sizes.reduce((best, size) => (Math.abs(size - side) < Math.abs(best - side) ? size : best), sizes[0] ?? side);
}
