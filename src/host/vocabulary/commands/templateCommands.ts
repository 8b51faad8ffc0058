import * as vscode from 'vscode';
import { resourceInFront } from '../place';
import type { Vocabularies } from '../vocabularies';

interface SetItem extends vscode.QuickPickItem {
  /** Left out: the model's own. */
  readonly set?: string;
}

/** "Use Template Set…": what a choice costs is how many sentences are encoded for each prompt. */
export async function useTemplateSet(vocabularies: Vocabularies): Promise<void> {
  const { t } = vscode.l10n;
  const resource = resourceInFront();
  const { templates: used, templateSets } = await vocabularies.templateSets(resource);
  const cost = (count: number) => (count === 1 ? t('1 sentence per prompt') : t('{0} sentences per prompt', count));
  const item = (label: string, set: string | undefined, description: string): SetItem => ({
    label,
    set,
    description: set === used ? `${description} · ${t('in use')}` : description,
    iconPath: new vscode.ThemeIcon(set === used ? 'check' : 'blank'),
  });
  const own = [...templateSets].map(([name, templates]) => item(name, name, cost(templates.length)));
  const chosen = await vscode.window.showQuickPick<SetItem>(
    [
      item(t('As the model likes it'), undefined, t('the set that the model was made for')),
      item(t('The bare prompt'), 'none', cost(1)),
      item(t('“a photo of a …”'), 'photo', cost(1)),
      item(t('OpenAI’s for ImageNet'), 'openai', cost(80)),
      item(t('CLIP Surgery’s'), 'clip-surgery', cost(85)),
      ...own,
    ],
    { title: t('Use Template Set'), matchOnDescription: true },
  );
  if (!chosen || chosen.set === used) return;
  const { setTemplates } = await import('../file/edits');
  await vocabularies.edit(setTemplates(chosen.set), resource);
}

/** "Edit Templates…": opens the file at one's own set in use, else at the first one; without any, one is begun. */
export async function editTemplates(vocabularies: Vocabularies): Promise<void> {
  const resource = resourceInFront();
  const { templates: used, templateSets } = await vocabularies.templateSets(resource);
  const [first] = templateSets.keys();
  const name = used !== undefined && templateSets.has(used) ? used : (first ?? vscode.l10n.t('my templates'));
  if (first === undefined) {
    const { putTemplateSet } = await import('../file/edits');
    await vocabularies.edit(putTemplateSet(name, ['a photo of a {}.']), resource);
  }
  const document = await vscode.workspace.openTextDocument(vocabularies.fileOf(resource));
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser');
  const root = parseTree(document.getText());
  const node = root && findNodeAtLocation(root, ['templateSets', name]);
  const selection =
    node && new vscode.Range(document.positionAt(node.offset), document.positionAt(node.offset + node.length));
  await vscode.window.showTextDocument(document, { selection });
}
