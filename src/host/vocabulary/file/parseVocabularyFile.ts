import { t } from '@vscode/l10n';
import type { Node } from 'jsonc-parser';
import { TEMPLATE_SETS } from '../../../protocol/explanation';
import { BUILT_IN } from './builtIn';
import { allFieldsOf, fieldOf, fieldsOf, textOf, parseJson } from './jsonTree';
import { Problems } from './problems';
import { readPrompts } from './readPrompts';
import { readTemplates } from './readTemplates';
import type { Problem, VocabularyFile } from './vocabularyFile';

/**
 * What a vocabulary file says, and every mistake at its place. Never throws, whatever the text is.
 * `file` is left out when the text is no JSON object that can be used: then the last good one stays
 * in use. A single bad entry is left out with a problem. A blank text is an empty file.
 * @param knownNames vocabularies from elsewhere, such as the models' own; with them, an `active` that nobody knows is a problem
 */
export function parseVocabularyFile(
  text: string,
  knownNames?: readonly string[],
): { readonly file?: VocabularyFile; readonly problems: readonly Problem[] } {
  if (text.trim() === '') return { file: { templateSets: new Map(), vocabularies: new Map() }, problems: [] };
  const { root, mistake } = parseJson(text);
  if (!root) return { problems: [conflictIn(text) ?? { ...mistake, message: notJson(), severity: 'error' }] };
  const problems = new Problems();
  if (root.type !== 'object') {
    problems.error(root, t('A vocabulary file is an object in braces, such as { "vocabularies": {} }.'));
    return { problems: problems.list };
  }
  warnOfRepeatedKeys(root, problems);
  const file = readFile(root, problems);
  const active = fieldOf(root, 'active');
  const known = knownNames && [...knownNames, ...BUILT_IN.keys(), ...file.vocabularies.keys()];
  if (active && file.active !== undefined && known?.includes(file.active) === false) {
    problems.warn(active, t('There is no vocabulary "{0}".', file.active));
  }
  return { file, problems: problems.list };
}

function readFile(root: Node, problems: Problems): VocabularyFile {
  const templateSets = readNamed(root, 'templateSets', problems, readTemplates);
  const vocabularies = readNamed(root, 'vocabularies', problems, readPrompts);
  const active = readName(root, 'active', problems);
  const templates = readName(root, 'templates', problems);
  const isKnown = templates !== undefined && (isBuiltInSet(templates) || templateSets.has(templates));
  if (templates !== undefined && !isKnown) {
    problems.warn(fieldOf(root, 'templates')!, t('There is no template set "{0}": the usual one is used.', templates));
  }
  return { ...(active !== undefined && { active }), ...(isKnown && { templates }), templateSets, vocabularies };
}

function isBuiltInSet(name: string): boolean {
  return TEMPLATE_SETS.some((set) => set === name);
}

/** An object of lists by name. */
function readNamed<T>(
  root: Node,
  field: 'vocabularies' | 'templateSets',
  problems: Problems,
  read: (list: Node, problems: Problems) => T | undefined,
): Map<string, T> {
  const named = new Map<string, T>();
  const node = fieldOf(root, field);
  if (node && node.type !== 'object') problems.error(node, t('"{0}" is an object in braces: lists by name.', field));
  const fields = node ? fieldsOf(node) : [];
  for (const { name, key, value } of fields) {
    if (!isName(name)) problems.error(key, t('A name cannot be empty or contain control characters.'));
    else if (field === 'templateSets' && isBuiltInSet(name)) {
      problems.error(key, t('"{0}" is a built-in template set: give this one another name.', name));
    } else if (value.type !== 'array') problems.error(value, t('"{0}" is a list in brackets.', name));
    else {
      const list = read(value, problems);
      if (list !== undefined) named.set(name, list);
    }
  }
  return named;
}

function readName(root: Node, field: 'active' | 'templates', problems: Problems): string | undefined {
  const node = fieldOf(root, field);
  if (!node) return undefined;
  const name = textOf(node);
  if (name !== undefined && isName(name)) return name;
  problems.error(node, t('"{0}" is a name in quotes.', field));
  return undefined;
}

function isName(text: string): boolean {
  return text.trim() !== '' && !/\p{Cc}/u.test(text);
}

function warnOfRepeatedKeys(node: Node, problems: Problems): void {
  const counting = new Set(fieldsOf(node).map(({ key }) => key));
  for (const { name, key } of allFieldsOf(node)) {
    if (!counting.has(key)) problems.warn(key, t('"{0}" comes again below: only the last one counts.', name));
  }
  for (const child of node.children ?? []) warnOfRepeatedKeys(child, problems);
}

/** What git leaves where two branches changed the same words. */
function conflictIn(text: string): Problem | undefined {
  const marker = /^<{7}(?: .*)?$/m.exec(text);
  if (!marker) return undefined;
  const message = t(
    'This file has a merge conflict: keep the lines that you want, and remove those that begin with <<<<<<<, ======= and >>>>>>>.',
  );
  return { start: marker.index, end: marker.index + marker[0].length, message, severity: 'error' };
}

function notJson(): string {
  return t('The file is not valid JSON here: until it is, the words that it last held stay in use.');
}
