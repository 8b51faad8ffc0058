import { basename, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { readCatalog, type CatalogModel } from '../../models/catalog';
import type { WantedModel } from '../../models/hub/planModel';
import type { ModelRecord } from '../../models/record';
import type { StoredModel } from '../../models/store';
import { bringModel, use } from './bringModel';
import { chosenModel, EMBEDDED } from './modelSettings';
import { modelFromFolder, modelFromRepository } from './ownModel';
import type { ModelServices } from './services';
import { sizeText } from './sizes';

export interface ModelItem extends vscode.QuickPickItem {
  /** Left out: a line between groups. */
  readonly choose?: () => Promise<void>;
}

/** All models to choose from, in groups; the one of the settings is marked. */
export async function modelItems(services: ModelServices): Promise<ModelItem[]> {
  const { t } = vscode.l10n;
  const stored = await (await services.models.store()).list();
  const { models: known } = readCatalog();
  const isWhole = ({ record }: StoredModel) => record.completed !== undefined;
  const goodFor = (id: string) => known.find((model) => model.id === id)?.goodFor;
  const choice = chosenModel();
  const marked = (named: string, icon: string) => new vscode.ThemeIcon(named === choice ? 'check' : icon);
  const usable = (named: string, icon: string, item: vscode.QuickPickItem): ModelItem => ({
    ...item,
    description: [item.description, ...(named === choice ? [t('in use')] : [])].filter(Boolean).join(' · '),
    iconPath: marked(named, icon),
    choose: () => use(services, named),
  });
  const coming = (wanted: WantedModel, item: vscode.QuickPickItem): ModelItem => ({
    ...item,
    iconPath: new vscode.ThemeIcon('cloud-download'),
    choose: () => bringModel(services, wanted),
  });
  const demo = { label: t('Demo'), detail: t('Knows drawings of everyday things only: to see how it works.') };
  return [
    group(t('Embedded')),
    usable(EMBEDDED, 'eye', demo),
    ...(isAbsolute(choice)
      ? [group(t('Folder')), usable(choice, 'folder', { label: basename(choice), detail: choice })]
      : []),
    group(t('Downloaded')),
    ...stored.filter(isWhole).map(({ record, size }) =>
      usable(record.id, 'package', {
        label: record.name,
        description: about(size, record.licence),
        detail: goodFor(record.id),
      }),
    ),
    group(t('Available')),
    ...stored
      .filter((model) => !isWhole(model))
      .map(({ record, size }) =>
        coming(wantedAgain(record, known), {
          label: record.name,
          description: t('{0} are here already', sizeText(size)),
          detail: goodFor(record.id),
        }),
      ),
    ...known
      .filter(({ id }) => !stored.some(({ record }) => record.id === id))
      .map((model) =>
        coming(model, { label: model.name, description: about(model.size, model.licence), detail: model.goodFor }),
      ),
    group(t('Another One')),
    item(t('From Folder…'), 'folder-opened', () => modelFromFolder(services)),
    item(t('From Hub Repository…'), 'repo', () => modelFromRepository(services)),
  ];
}

/** What was wanted when the model was downloaded, to download it again. */
export function wantedAgain(record: ModelRecord, known: readonly CatalogModel[]): WantedModel {
  const { id, name, repository, requested, licence } = record;
  const listed = known.find((model) => model.id === id && model.repository === repository);
  return listed ?? { id, name, repository, licence, revision: requested === 'main' ? undefined : requested };
}

function about(size: number, licence: string | undefined): string {
  return [sizeText(size), licence].filter((part) => part !== undefined).join(' · ');
}

function group(label: string): ModelItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function item(label: string, icon: string, choose: () => Promise<void>): ModelItem {
  return { label, iconPath: new vscode.ThemeIcon(icon), choose };
}
