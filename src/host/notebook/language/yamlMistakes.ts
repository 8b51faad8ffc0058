import { t } from '@vscode/l10n';
import type { YAMLError } from 'yaml';
import type { Place } from './problems';

/** Says in plain words what the YAML library found, where it found it. */
export function explainMistake({ code, message, pos }: YAMLError, source: string): Place & { message: string } {
  const place = { start: pos[0], end: pos[1] };
  switch (code) {
    case 'TAB_AS_INDENT':
      return { ...place, message: t('Lines are indented with spaces, not with tabs.') };
    case 'BAD_SCALAR_START':
      return { ...place, message: t('Text that begins with {0} has to stand in quotes.', source[pos[0]] ?? '') };
    case 'BAD_DQ_ESCAPE':
      return { ...place, message: t('In double quotes a backslash is written twice.') };
    case 'MULTIPLE_DOCS':
      return { ...place, message: t('A cell holds one request: put what follows --- into a cell of its own.') };
    case 'BAD_ALIAS':
      return { ...place, message: t('Text that begins with * or & has to stand in quotes.') };
    case 'TAG_RESOLVE_FAILED':
      return { ...place, message: t('Tags have no meaning here: text that begins with ! has to stand in quotes.') };
    case 'BAD_DIRECTIVE':
      return { ...place, message: t('Text that begins with % has to stand in quotes.') };
    case 'RESOURCE_EXHAUSTION':
      return { ...place, message: tooDeep() };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return /mapping/i.test(message)
        ? {
            ...place,
            message: t('Only one key stands in a line: text with a colon and a space has to stand in quotes.'),
          }
        : { ...place, message: unevenIndent() };
    case 'BAD_INDENT':
    case 'MISSING_CHAR':
    case 'UNEXPECTED_TOKEN':
    case 'BLOCK_IN_FLOW':
      return { ...place, message: unclosed(message) ?? misplaced(message) };
    default:
      return { ...place, message: t('This cannot be read: expected are lines such as “prompts: [a cat, a dog]”.') };
  }
}

export function tooDeep(): string {
  return t('This is nested too deeply: expected are keys with words or lists of words.');
}

function unevenIndent(): string {
  return t('All entries of a list are indented alike.');
}

function unclosed(message: string): string | undefined {
  if (/quote/i.test(message)) return t('The quotes are opened and not closed.');
  if (/flow seq.*end with|must end with a \]/i.test(message))
    return t('The list is opened with [ and not closed with ].');
  if (/flow map.*end with|must end with a \}/i.test(message))
    return t('The braces are opened with { and not closed with }.');
  return undefined;
}

function misplaced(message: string): string {
  if (/Unexpected ,/.test(message)) return t('A word is expected between two commas.');
  if (/followed by map values/.test(message)) {
    return t('A key with a colon is expected, for example “prompts: [a cat, a dog]”.');
  }
  if (/same column|indent/i.test(message)) return unevenIndent();
  if (/Missing , or/i.test(message)) return t('A comma is expected between two words of a list.');
  if (/node end|at the start of|Unexpected/.test(message)) {
    return t('Words in quotes and words with commas stand in a list, for example [a cat, a dog].');
  }
  return t('This cannot be read: expected are lines such as “prompts: [a cat, a dog]”.');
}
