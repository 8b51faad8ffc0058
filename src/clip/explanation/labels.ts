import type { PromptExpression } from '../../protocol/promptExpression';
import { NO_REDUNDANCY, redundancyFor, type Redundancy } from './redundancy';

/** A shown prompt and where its members are among the texts. */
export interface LabelClass {
  readonly kind: PromptExpression['kind'];
  /** Rows of the texts, at least one. */
  readonly members: readonly number[];
}

/** All that the patches are compared with. */
export interface Labels {
  /** In rows: the members of the shown prompts, those of the distractors, then hidden reference words. */
  readonly texts: readonly string[];
  readonly classes: readonly LabelClass[];
  readonly redundancy: Redundancy;
  /** Whether the features of the empty prompt are needed as well. */
  readonly needsEmpty: boolean;
}

/**
 * Lays out the texts to encode. Every member is a label of its own, also one that several prompts name: what a
 * prompt adds to the shared features does not depend on the others.
 *
 * @param removesRedundancy whether the method takes out what labels share; without it distractors change nothing
 * @param reference the model's own word list, see {@link redundancyFor}
 */
export function labelsOf(
  shown: readonly PromptExpression[],
  distractors: readonly PromptExpression[],
  removesRedundancy: boolean,
  reference?: readonly string[],
): Labels {
  const compared = removesRedundancy ? [...shown, ...distractors] : shown;
  const redundancy = removesRedundancy ? redundancyFor(compared, reference) : NO_REDUNDANCY;
  let row = 0;
  return {
    texts: [...compared.flatMap(({ members }) => members), ...redundancy.words],
    classes: shown.map(({ kind, members }) => ({ kind, members: members.map(() => row++) })),
    redundancy,
    needsEmpty: shown.length === 1 || (removesRedundancy && shown.some(({ kind }) => kind === 'combination')),
  };
}
