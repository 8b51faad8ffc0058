import { t } from '@vscode/l10n';
import type { Node } from 'jsonc-parser';
import { fieldOf, textOf } from './jsonTree';
import { tidy, type Prompt } from './prompt';
import type { Problems } from './problems';
import { MOST_PROMPTS, promptProblem } from './words';

/** The text of an entry, whether or not it can be used; undefined where it has none. */
export function textOfEntry(entry: Node): string | undefined {
  const text = textOf(entry) ?? textOf(fieldOf(entry, 'text'));
  return text === undefined ? undefined : tidy(text);
}

/** The prompts of a list's entries. Those that cannot be used are left out, and of the same text the first one counts. */
export function readPrompts(list: Node, problems: Problems): readonly Prompt[] {
  const prompts = new Map<string, Prompt>();
  const left: Node[] = [];
  for (const entry of list.children ?? []) {
    const prompt = readPrompt(entry, problems);
    if (!prompt) continue;
    if (prompts.has(prompt.text)) {
      problems.warn(entry, t('"{0}" is in this vocabulary already: only the first one counts.', prompt.text));
    } else if (prompts.size < MOST_PROMPTS) prompts.set(prompt.text, prompt);
    else left.push(entry);
  }
  if (left[0]) {
    problems.warn(left[0], t('A vocabulary has at most {0} prompts: from here on they are not used.', MOST_PROMPTS));
  }
  return [...prompts.values()];
}

function readPrompt(entry: Node, problems: Problems): Prompt | undefined {
  const text = textOfEntry(entry);
  if (text === undefined) {
    problems.error(entry, t('A prompt is a text in quotes, or an object in braces with a "text".'));
    return undefined;
  }
  const problem = promptProblem(text);
  if (problem !== undefined) {
    problems.error(fieldOf(entry, 'text') ?? entry, problem);
    return undefined;
  }
  const label = readText(entry, 'label', problems);
  const group = readText(entry, 'group', problems);
  const color = readColor(entry, problems);
  const negative = readNegative(entry, problems);
  return {
    text,
    ...(label && { label }),
    ...(color && { color }),
    ...(group && { group }),
    ...(negative && { negative }),
  };
}

function readText(entry: Node, name: 'label' | 'group', problems: Problems): string | undefined {
  const node = fieldOf(entry, name);
  const text = tidy(textOf(node) ?? '');
  if (node && text === '') problems.error(node, t('A "{0}" is a text in quotes that is not empty.', name));
  return text;
}

function readColor(entry: Node, problems: Problems): string | undefined {
  const node = fieldOf(entry, 'color');
  if (!node) return undefined;
  const digits = /^#([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(textOf(node)?.trim() ?? '')?.[1]?.toLowerCase();
  if (digits === undefined) {
    problems.error(node, t('A "color" is written as # and six hexadecimal digits, such as "#cc0000".'));
    return undefined;
  }
  return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`;
}

function readNegative(entry: Node, problems: Problems): boolean {
  const node = fieldOf(entry, 'negative');
  if (node && node.type !== 'boolean') problems.error(node, t('"negative" is either true or false.'));
  return node?.value === true;
}
