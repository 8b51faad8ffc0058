import type { CallOptions, EngineClient } from '../../engine/client';
import type { PromptProblem, RequestOf } from '../../protocol/engine';

/**
 * Which prompts a model cannot read. The last answer is kept: every edit of a chip and every picture asks the same of
 * the whole vocabulary.
 */
export class PromptChecks {
  private last?: { readonly asked: string; readonly problems: readonly PromptProblem[] };

  constructor(private readonly client: Pick<EngineClient, 'call'>) {}

  async problems(request: RequestOf<'checkPrompts'>, options?: CallOptions): Promise<readonly PromptProblem[]> {
    const asked = JSON.stringify(request);
    if (this.last?.asked === asked) return this.last.problems;
    const { problems } = await this.client.call('checkPrompts', request, options);
    this.last = { asked, problems };
    return problems;
  }
}
