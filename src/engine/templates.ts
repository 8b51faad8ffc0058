import { TEMPLATES } from '../clip/tokenizer/templates';
import type { TemplateChoice } from '../protocol/explanation';
import { EngineError } from './failure';

const MOST_TEMPLATES = 200;
const LONGEST_TEMPLATE = 300;

/**
 * The sentences of a set of templates; none of them for bare prompts.
 * @param choice left out: the 85 of CLIP Surgery
 * @throws EngineError when the set cannot be used.
 */
export function templatesOf(choice: TemplateChoice = 'clip-surgery'): readonly string[] {
  if (typeof choice !== 'string') return checked(choice.name, choice.templates);
  if (Object.hasOwn(TEMPLATES, choice)) return TEMPLATES[choice];
  throw new EngineError('bad-request', `There is no template set "${choice}".`);
}

function checked(name: string, templates: readonly string[]): readonly string[] {
  const refuse = (why: string) => new EngineError('bad-request', `The template set "${name}" ${why}.`);
  if (templates.length === 0) throw refuse('has no template');
  if (templates.length > MOST_TEMPLATES) {
    throw refuse(`has ${templates.length} templates; at most ${MOST_TEMPLATES} are averaged`);
  }
  const long = templates.findIndex((template) => template.length > LONGEST_TEMPLATE);
  if (long >= 0) throw refuse(`has more than ${LONGEST_TEMPLATE} characters in template ${long + 1}`);
  const bare = templates.find((template) => !template.includes('{}'));
  if (bare !== undefined) throw refuse(`has the template "${bare}" without {}, where the word goes`);
  return templates;
}
