import { promptEnsemble } from '../clip/tokenizer/templates';
import type { PromptProblem } from '../protocol/engine';
import { parsePrompt, PromptError } from '../protocol/promptExpression';
import { breathe, type Job } from './job';
import type { Model } from './model';

/** Which of the prompts the model cannot read, and why; nothing is encoded. */
export async function checkPrompts(
  model: Model,
  prompts: readonly string[],
  templates: readonly string[],
  job: Job,
): Promise<readonly PromptProblem[]> {
  const tokenizer = await model.tokenizer();
  const problems: PromptProblem[] = [];
  for (const text of prompts) {
    await breathe(job);
    try {
      for (const member of parsePrompt(text).members)
        for (const sentence of promptEnsemble(member, templates)) tokenizer.check(sentence, member);
    } catch (error) {
      if (!(error instanceof PromptError)) throw error;
      problems.push({ text, message: error.message });
    }
  }
  return problems;
}
