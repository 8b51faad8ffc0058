import { normalise, range } from '../../heatmap/scale';
import type { ExplanationMethod } from '../methods/method';
import type { LabelClass, Labels } from './labels';
import { classScores } from './score';
import { dot, type SimilarityInput } from './similarity';

/** What is known of one shown prompt. */
export interface ClassExplanation {
  /** Similarities `[N]` of the patches before min-max. */
  readonly map: Float32Array;
  /** Of the class token, -1..1. */
  readonly cosine: number;
  /** 0..1, see ScoreRule. */
  readonly score: number;
}

/** Features in rows of unit length: `[1 + N, D]` of the picture, `[T, D]` of the labels' texts, `[D]` of the empty prompt. */
export type Features = Pick<SimilarityInput, 'tokens' | 'texts' | 'width' | 'classWeights' | 'empty'>;

/** Ties the patches to the shown prompts; one answer per class, in their order. */
export function explainClasses(
  method: ExplanationMethod,
  { classes, redundancy }: Labels,
  features: Features,
  logitScale: number,
): readonly ClassExplanation[] {
  const { tokens, texts, width, empty } = features;
  const input = { ...features, shown: classes.flatMap(({ members }) => members).length };
  const isAgainstEmpty = redundancy.rule === 'empty-string';
  const own = method.similarities({ ...input, empty: isAgainstEmpty ? empty : undefined });
  // The published combination is made of similarities against the empty prompt, whatever the others are compared with.
  const combined = classes.some(({ kind }) => kind === 'combination') ? method.similarities(input) : own;

  const cosines = classes.map((shown) => classCosines(shown, (t) => dot(tokens, 0, texts, t, width)));
  const scores = classScores(cosines, empty && dot(tokens, 0, empty, 0, width), logitScale);
  return classes.map((shown, i) => ({
    map: classMap(shown, shown.kind === 'combination' ? combined : own, tokens.length / width - 1),
    cosine: Math.max(...cosines[i]!),
    score: scores[i]!,
  }));
}

/** What the class token is compared with for one class: each synonym, or all of a combination at once. */
function classCosines({ kind, members }: LabelClass, cosine: (row: number) => number): readonly number[] {
  const each = members.map(cosine);
  return kind === 'combination' ? [each.reduce((sum, c) => sum + c, 0) / each.length] : each;
}

/** Of synonyms the highest member at each patch; of a combination the mean of the members, each min-max over the patches. */
function classMap({ kind, members }: LabelClass, similarities: Float32Array, patches: number): Float32Array {
  const maps = members.map((row) => similarities.subarray(row * patches, (row + 1) * patches));
  if (kind !== 'combination') return maps.reduce((a, b) => a.map((value, i) => Math.max(value, b[i]!)));
  const scaled = maps.map((map) => normalise(map, range(map)));
  return scaled[0]!.map((_, i) => scaled.reduce((sum, map) => sum + map[i]!, 0) / scaled.length);
}
