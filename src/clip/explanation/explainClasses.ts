import { normalise, range } from '../../heatmap/scale';
import type { ExplanationMethod } from '../methods/method';
import type { LabelClass, Labels } from './labels';
import { classScores } from './score';
import type { SimilarityInput } from './similarity';

/** What is known of one shown prompt. */
export interface ClassExplanation {
  /** Similarities `[N]` of the patches before min-max. */
  readonly map: Float32Array;
  /** Of the class token, -1..1. */
  readonly cosine: number;
  /** 0..1, see ScoreRule. */
  readonly score: number;
}

/** Cosines of the picture's tokens with the labels' texts and, where that is needed, with the empty prompt. */
export type Compared = Omit<SimilarityInput, 'shown'>;

/** Ties the patches to the shown prompts; one answer per class, in their order. */
export function explainClasses(
  method: ExplanationMethod,
  { classes, redundancy }: Labels,
  compared: Compared,
  logitScale: number,
): readonly ClassExplanation[] {
  const { cosines, empty } = compared;
  const input = { ...compared, shown: classes.flatMap(({ members }) => members).length };
  const isAgainstEmpty = redundancy.rule === 'empty-string';
  const own = method.similarities({ ...input, empty: isAgainstEmpty ? empty : undefined });
  // The published combination is made of similarities against the empty prompt, whatever the others are compared with.
  const combined = classes.some(({ kind }) => kind === 'combination') ? method.similarities(input) : own;

  const ofClassToken = classes.map((shown) => classCosines(shown, (t) => cosines[t]![0]!));
  const scores = classScores(ofClassToken, empty?.[0], logitScale);
  return classes.map((shown, i) => ({
    map: classMap(shown, shown.kind === 'combination' ? combined : own, cosines[0]!.length - 1),
    cosine: Math.max(...ofClassToken[i]!),
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
