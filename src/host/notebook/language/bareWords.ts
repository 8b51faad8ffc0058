import { t } from '@vscode/l10n';
import { isImagePath } from '../../images/imageExtensions';
import { isCellKey } from './cellKeys';
import type { PlacedText, Problems } from './problems';

const STARTS_YAML = /^\s*(?:-(?:\s|$)|---|[[\]{}"'&*!%@`|>?])/;

/** Whether a text is lines of words, with or without commas, and none of YAML's lists and keys. */
export function isBareWords(text: string): boolean {
  const lines = text
    .split(/\r?\n/)
    .map(withoutComment)
    .filter((line) => line.trim() !== '');
  return lines.length > 0 && !lines.some((line) => STARTS_YAML.test(line) || /:(?:\s|$)/.test(line));
}

/** The words of such a text. */
export function readBareWords(text: string, problems: Problems): readonly PlacedText[] {
  const words: PlacedText[] = [];
  for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g)) {
    words.push(...splitAtCommas({ text: withoutComment(line), start: index, end: index + line.length }, problems));
  }
  for (const word of words) hintAtKey(word, problems);
  return words;
}

/** A comma may end a line; between two commas there has to be something. */
export function splitAtCommas({ text, start }: PlacedText, problems: Problems): readonly PlacedText[] {
  const words: PlacedText[] = [];
  const parts = text.split(',');
  let offset = start;
  parts.forEach((part, i) => {
    const first = offset + (part.length - part.trimStart().length);
    const word = { text: part.trim(), start: first, end: first + part.trim().length };
    if (word.text !== '') words.push(word);
    else if (i < parts.length - 1) {
      problems.error({ start: offset, end: offset + part.length + 1 }, t('A word is expected before this comma.'));
    }
    offset += part.length + 1;
  });
  return words;
}

/** Somebody who writes a key or a path alone has probably not finished. */
function hintAtKey(word: PlacedText, problems: Problems): void {
  const [, key] = /^(\w+)(?::|$)/.exec(word.text) ?? [];
  if (key !== undefined && isCellKey(key)) {
    if (word.text === key) problems.warn(word, t('This is taken as a word to explain; as a key it is “{0}: ”.', key));
    else problems.error(word, t('A space is expected after the colon: “{0}: …”.', key));
  } else if (isImagePath(word.text)) {
    problems.warn(word, t('This is taken as a word to explain; for the picture write “image: {0}”.', word.text));
  }
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, '$1');
}
