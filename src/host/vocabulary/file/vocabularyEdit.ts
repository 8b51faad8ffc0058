import { t } from '@vscode/l10n';
import { withBodies } from './editList';
import { editList, putField, valueAt } from './editJson';
import type { JsonList } from './jsonList';
import { tidy, type Prompt } from './prompt';
import { difference, type TextEdit } from './textEdit';

/**
 * What to change in the text of a vocabulary file. Comments and the way the rest is written stay; a
 * blank text becomes a whole file. None are needed where nothing changes.
 * @throws Error with one sentence when the text has mistakes that are in the way.
 */
export type VocabularyEdit = (text: string) => readonly TextEdit[];

/** @param active the vocabulary that a new file puts to use */
export function editing(change: (text: string) => string, active?: string): VocabularyEdit {
  return (text) => {
    if (text.trim() !== '') return difference(text, change(text));
    const start = newFile();
    const file = change(start);
    if (file === start) return [];
    const content = active === undefined ? file : setActiveIn(file, active);
    return [{ offset: 0, length: text.length, content }];
  };
}

function newFile(): string {
  const comment = t('The words that CLIP Surgery looks for in pictures.');
  return `// ${comment}\n{\n  "vocabularies": {}\n}\n`;
}

export function setActiveIn(text: string, name: string): string {
  return putField(text, [], 'active', JSON.stringify(name), () => 0);
}

/** @param base what the vocabulary starts with where the file lacks it; left out: then nothing changes */
export function editVocabulary(
  text: string,
  name: string,
  base: readonly Prompt[] | undefined,
  change: (list: JsonList) => JsonList,
): string {
  if (valueAt(text, ['vocabularies', name])) return editList(text, ['vocabularies', name], 'array', change);
  return base ? editList(putVocabularyIn(text, name, base), ['vocabularies', name], 'array', change) : text;
}

/** A new vocabulary, or one in the place of that with this name. */
export function putVocabularyIn(text: string, name: string, prompts: readonly Prompt[]): string {
  const ready = valueAt(text, ['vocabularies']) ? text : putField(text, [], 'vocabularies', '{}');
  const empty = putField(ready, ['vocabularies'], name, '[]');
  const distinct = new Map(prompts.map((prompt) => [tidy(prompt.text), prompt]));
  return editList(empty, ['vocabularies', name], 'array', (list) =>
    withBodies(list, [...distinct.values()].map(writePrompt)),
  );
}

/** A text where that is all there is to say, and otherwise an object in one line. */
export function writePrompt({ text, label, color, group, negative }: Prompt): string {
  const fields = Object.entries({ label, color, group, negative: negative || undefined });
  const said = fields.filter(([, value]) => value !== undefined);
  if (said.length === 0) return JSON.stringify(tidy(text));
  const written = [['text', tidy(text)] as const, ...said].map(
    ([name, value]) => `"${name}": ${JSON.stringify(value)}`,
  );
  return `{ ${written.join(', ')} }`;
}
