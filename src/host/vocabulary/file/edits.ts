import { t } from '@vscode/l10n';
import { editList, putField, removeField, renameField, valueAt } from './editJson';
import { withBodies } from './editList';
import { fieldsOf } from './jsonTree';
import type { Prompt } from './prompt';
import { editing, putVocabularyIn, setActiveIn, type VocabularyEdit } from './vocabularyEdit';

export * from './promptEdits';
export { applyEdits, type TextEdit } from './textEdit';
export type { VocabularyEdit } from './vocabularyEdit';

export function setActive(vocabulary: string): VocabularyEdit {
  return editing((text) => setActiveIn(text, vocabulary));
}

/** A new vocabulary, or one in the place of that with this name. */
export function putVocabulary(name: string, prompts: readonly Prompt[]): VocabularyEdit {
  return editing((text) => putVocabularyIn(text, name, prompts), name);
}

/**
 * The active one stays active. Nothing changes where the file has no vocabulary of the name.
 * @throws Error with one sentence also when the new name is taken.
 */
export function renameVocabulary(name: string, to: string): VocabularyEdit {
  return editing((text) => {
    if (name === to || !valueAt(text, ['vocabularies', name])) return text;
    if (valueAt(text, ['vocabularies', to])) throw new Error(t('There is already a vocabulary "{0}".', to));
    const renamed = renameField(text, ['vocabularies'], name, to);
    return isActive(text, name) ? setActiveIn(renamed, to) : renamed;
  });
}

/** Where it was active, the first of the others is, or none. */
export function deleteVocabulary(name: string): VocabularyEdit {
  return editing((text) => {
    if (!valueAt(text, ['vocabularies', name])) return text;
    const rest = removeField(text, ['vocabularies'], name);
    if (!isActive(rest, name)) return rest;
    const first = fieldsOf(valueAt(rest, ['vocabularies'])!).find(({ value }) => value.type === 'array');
    return first ? setActiveIn(rest, first.name) : removeField(rest, [], 'active');
  });
}

/** @param name of a template set, built-in or of the file; undefined: the model's own */
export function setTemplates(name: string | undefined): VocabularyEdit {
  return editing((text) => {
    if (name === undefined) return removeField(text, [], 'templates');
    return putField(text, [], 'templates', JSON.stringify(name), (names) => names.lastIndexOf('active') + 1);
  });
}

/** A new template set, or one in the place of that with this name. */
export function putTemplateSet(name: string, templates: readonly string[]): VocabularyEdit {
  return editing((text) => {
    const beforeWords = (names: readonly string[]) => Math.max(0, names.indexOf('vocabularies'));
    const ready = valueAt(text, ['templateSets']) ? text : putField(text, [], 'templateSets', '{}', beforeWords);
    const empty = putField(ready, ['templateSets'], name, '[]');
    return editList(empty, ['templateSets', name], 'array', (list) =>
      withBodies(
        list,
        templates.map((template) => JSON.stringify(template)),
      ),
    );
  });
}

function isActive(text: string, name: string): boolean {
  return valueAt(text, ['active'])?.value === name;
}
