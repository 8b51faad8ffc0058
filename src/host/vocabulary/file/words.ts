import { t } from '@vscode/l10n';
import { parsePrompt, PromptError } from '../../../protocol/promptExpression';
import { tidy } from './prompt';

/** Prompts of one vocabulary that are used; the others are left out. */
export const MOST_PROMPTS = 1000;

/** In UTF-16 code units; the text context of the models holds far less. */
const LONGEST_PROMPT = 300;

/**
 * The prompts of a list of words: one per line, where a comma separates synonyms. Lines that begin
 * with `#`, blank ones and repetitions are left out. Whether each can be used, {@link promptProblem} says.
 */
export function wordsOfFile(text: string): readonly string[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => !/^\s*#/.test(line));
  return distinct(lines.map((line) => splitPrompts(line).join(' | ')));
}

/** What somebody typed who adds prompts: a comma separates them. */
export function splitPrompts(text: string): readonly string[] {
  return distinct(text.split(',').map(tidy));
}

/** Why this text cannot be a prompt, in one sentence; undefined where it can. */
export function promptProblem(text: string): string | undefined {
  const prompt = tidy(text);
  if (prompt === '') return t('A prompt cannot be empty.');
  // Half a surrogate pair is no character at all.
  if (/[\p{Cc}\p{Cs}]/u.test(prompt)) return t('A prompt cannot contain control characters.');
  if (prompt.length > LONGEST_PROMPT) return t('A prompt has at most {0} characters.', LONGEST_PROMPT);
  try {
    parsePrompt(prompt);
    return undefined;
  } catch (error) {
    if (error instanceof PromptError) return error.message;
    throw error;
  }
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '');
}
