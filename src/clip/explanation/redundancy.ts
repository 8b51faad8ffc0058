import type { PromptExpression } from '../../protocol/promptExpression';
import pascalContext from '../../protocol/pascalContext.json';

/** The published set-up has tens of labels; below this many classes their own mean says too little. */
const ENOUGH_CLASSES = 8;

/** Where the features that all labels share come from; see the Explanation record. */
export interface Redundancy {
  readonly rule: 'prompts' | 'reference-words' | 'empty-string' | 'none';
  /** Words that take part beside the prompts but get no map. */
  readonly words: readonly string[];
}

/**
 * Which labels feature surgery compares (METHODS.md section 2, "our rule"). With few classes the
 * published mean would make maps of one another's complements, so hidden reference words join;
 * a single class is compared with the empty prompt.
 *
 * @param classes shown prompts and distractors; synonyms are one class
 * @param reference the model's own word list; left out: the 59 words of PASCAL Context
 */
export function redundancyFor(
  classes: readonly Pick<PromptExpression, 'members'>[],
  reference: readonly string[] = pascalContext,
): Redundancy {
  if (classes.length === 1) return { rule: 'empty-string', words: [] };
  if (classes.length >= ENOUGH_CLASSES) return { rule: 'prompts', words: [] };
  const named = new Set(classes.flatMap(({ members }) => members.map(bare)));
  return { rule: 'reference-words', words: reference.filter((word) => !named.has(bare(word))) };
}

export const NO_REDUNDANCY: Redundancy = { rule: 'none', words: [] };

/** "A red circle" and "red circle" are the same label. */
function bare(prompt: string): string {
  return prompt
    .trim()
    .toLowerCase()
    .replace(/^(an?|the)\s+/, '');
}
