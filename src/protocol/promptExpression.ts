/** What a prompt says: one word or sentence, several names of one class, or several things to see together. */
export interface PromptExpression {
  readonly kind: 'word' | 'synonyms' | 'combination';
  /** One for a word, two or more otherwise; trimmed, not blank, each only once. */
  readonly members: readonly string[];
}

/** A prompt that cannot be used. The message names it. */
export class PromptError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** Only a plus sign that stands alone joins: "C++" and "A+ grade" are words. */
const ALONE_PLUS = /(?<=^|\s)\+(?=\s|$)/;

/**
 * Reads `sofa | couch` as synonyms, `person + bench` as a combination, and anything else as a word.
 * @throws PromptError when it is blank, mixes the two, or has nothing on one side of a sign.
 */
export function parsePrompt(text: string): PromptExpression {
  if (text.trim() === '') throw new PromptError('The prompt is empty.', 'Write a word or remove the prompt.');
  const isSynonyms = text.includes('|');
  if (isSynonyms && ALONE_PLUS.test(text)) {
    throw new PromptError(`The prompt "${text.trim()}" mixes | and +.`, 'Use one of them, or write two prompts.');
  }
  const parts = text.split(isSynonyms ? '|' : ALONE_PLUS).map((part) => part.trim());
  if (parts.includes('')) {
    const sign = isSynonyms ? '|' : '+';
    throw new PromptError(`The prompt "${text.trim()}" needs a word on both sides of ${sign}.`, `Remove the ${sign}.`);
  }
  const members = [...new Set(parts)];
  return { kind: members.length === 1 ? 'word' : isSynonyms ? 'synonyms' : 'combination', members };
}
