import { parsePrompt, type PromptExpression } from '../protocol/promptExpression';
import { EngineError } from './failure';

/**
 * Reads the prompts to show.
 * @throws EngineError when there is none or one is blank; PromptError when one cannot be read.
 */
export function promptClasses(prompts: readonly string[]): readonly PromptExpression[] {
  if (prompts.length === 0)
    throw new EngineError('bad-prompt', 'There is no prompt to explain the picture with.', 'Add a word.');
  const blank = prompts.findIndex((prompt) => prompt.trim() === '');
  if (blank >= 0)
    throw new EngineError('bad-prompt', `Prompt ${blank + 1} is empty.`, 'Write a word or remove the prompt.');
  return prompts.map(parsePrompt);
}
