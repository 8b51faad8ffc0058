import sets from './templates.json';

/** The 80 templates that OpenAI wrote for ImageNet and the 5 "in the scene": CLIP Surgery's prompt ensemble. */
const CLIP_SURGERY: readonly string[] = [...sets.openai, ...sets.inTheScene];

export type TemplateSet = 'none' | 'clip-surgery';

/** The prompts whose features are averaged for one word. */
export function promptEnsemble(word: string, templates: TemplateSet): readonly string[] {
  // A function as replacement: "$&" in a word must stay what it is.
  return templates === 'none' ? [word] : CLIP_SURGERY.map((template) => template.replace('{}', () => word));
}
