import { createHash } from 'node:crypto';
import type { Execution } from '../protocol/execution';
import { answersKey } from './int8/answersKey';
import type { Model } from './model';

/** What the features of a prompt depend on, beside the prompt. */
export interface TextSetup {
  readonly model: Model;
  /** Sentences with `{}` to average over; none for the bare prompt. */
  readonly templates: readonly string[];
  readonly execution: Execution;
}

/** Keys of prompts for caches; two sets of templates with the same sentences are the same. */
export async function promptKeys({ model, templates, execution }: TextSetup): Promise<(prompt: string) => string> {
  const identity = await model.textIdentity();
  const ensemble = createHash('sha256').update(JSON.stringify(templates)).digest('hex');
  return (prompt) => JSON.stringify([identity, ensemble, answersKey(execution), prompt]);
}
