import type { TemplateSetName } from '../../protocol/explanation';
import sets from './templates.json';

/** The sets that come with it, as sentences with `{}` where the word goes; `none` has none of them. */
export const TEMPLATES: Readonly<Record<TemplateSetName, readonly string[]>> = {
  none: [],
  photo: ['a photo of a {}.'],
  openai: sets.openai,
  'clip-surgery': [...sets.openai, ...sets.inTheScene],
};

/** The sentences whose features are averaged for one word; without templates the word itself. */
export function promptEnsemble(word: string, templates: readonly string[]): readonly string[] {
  // A function as replacement: "$&" in a word must stay what it is.
  return templates.length === 0 ? [word] : templates.map((template) => template.replaceAll('{}', () => word));
}

/** What stands before the word in a template. */
export function templatePrefix(template: string): string {
  return template.slice(0, template.indexOf('{}'));
}
