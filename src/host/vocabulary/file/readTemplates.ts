import { t } from '@vscode/l10n';
import type { Node } from 'jsonc-parser';
import { textOf } from './jsonTree';
import { tidy } from './prompt';
import type { Problems } from './problems';

/** The sentences of a template set that can be used; undefined where there are none. */
export function readTemplates(list: Node, problems: Problems): readonly string[] | undefined {
  const templates: string[] = [];
  for (const node of list.children ?? []) {
    const template = textOf(node);
    if (template?.includes('{}')) templates.push(tidy(template));
    else problems.error(node, t('A template is a sentence in quotes with {} where the word goes.'));
  }
  if (list.children?.length === 0) problems.error(list, t('A template set needs at least one sentence.'));
  return templates.length > 0 ? templates : undefined;
}
