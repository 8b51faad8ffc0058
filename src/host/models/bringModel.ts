import * as vscode from 'vscode';
import { readCatalog } from '../../models/catalog';
import { downloadModel } from '../../models/hub/downloadModel';
import { cacheSource, hubSource } from '../../models/hub/modelSource';
import { planModel, revisionOf, type WantedModel } from '../../models/hub/planModel';
import { USUAL_RETRIES } from '../../models/hub/retry';
import { totalSize, type ModelRecord } from '../../models/record';
import { barOf, cancellable } from './cancellable';
import { persistently } from './persistently';
import type { ModelServices } from './services';
import { progressText, sizeText } from './sizes';
import { tellFailure, showLogOffer } from './telling';
import { requireTrust } from './trust';

/** Downloads a model once the user has seen what comes and from where, and uses it. */
export async function bringModel(services: ModelServices, wanted: WantedModel): Promise<void> {
  const record = await persistently(services.access, () => planned(services, wanted));
  if (!record || !(await isConfirmed(services, record))) return;
  if (await download(services, wanted)) await use(services, wanted.id);
}

/**
 * Brings a model's files, or those that are missing.
 * @returns whether all of them are there now; why not was told
 */
export async function download(services: ModelServices, wanted: WantedModel): Promise<boolean> {
  const { models, access } = services;
  const { t } = vscode.l10n;
  let wasStopped = false;
  const attempt = () =>
    cancellable(t('Downloading {0}', wanted.name), async (signal, report) => {
      requireDownload();
      signal.addEventListener('abort', () => (wasStopped = true));
      const store = await models.store();
      return downloadModel(wanted, store.folderOf(wanted.id), {
        hub: await access.hub(),
        cache: await access.cache(),
        hashes: store.hashes,
        tokenizer: readCatalog().tokenizer,
        signal,
        onProgress: barOf(report, progressText),
        onWait: () => report.report({ message: t('another window is downloading it') }),
      });
    });
  const record = await persistently(access, attempt);
  models.refreshList();
  if (wasStopped && !record) {
    const message = t('The download of {0} was stopped: next time it goes on from there.', wanted.name);
    void vscode.window.showInformationMessage(message);
  }
  return record !== undefined;
}

/** Takes a model into use; where the engine cannot read it, says why. */
export async function use({ models }: ModelServices, named: string): Promise<void> {
  try {
    await models.use(named);
  } catch (error) {
    await tellFailure(error, [showLogOffer()]);
  }
}

/** What the download will be: of one that was begun, what it was. */
async function planned({ models, access }: ModelServices, wanted: WantedModel): Promise<ModelRecord> {
  requireDownload();
  const begun = await (await models.store()).find(wanted.id);
  const isSame = begun?.record.repository === wanted.repository && begun.record.requested === revisionOf(wanted);
  if (isSame) return begun.record;
  return cancellable(vscode.l10n.t('Asking the hub about {0}', wanted.name), async (signal) => {
    const hub = await access.hub();
    const source = hub.offline ? cacheSource(await access.cache()) : hubSource(hub, USUAL_RETRIES, signal);
    return planModel(source, wanted, readCatalog().tokenizer);
  });
}

async function isConfirmed({ models }: ModelServices, record: ModelRecord): Promise<boolean> {
  const { t } = vscode.l10n;
  const store = await models.store();
  const begun = await store.find(record.id);
  const detail = [
    t('Size: {0}', sizeText(totalSize(record.files))),
    ...(begun ? [t('Already here: {0}', sizeText(begun.size))] : []),
    t('Licence: {0}', record.licence ?? t('not stated, see the page of the repository')),
    t('From: {0}', record.repository),
    t('To: {0}', store.folderOf(record.id)),
  ];
  const yes = t('Download');
  const options = { modal: true, detail: detail.join('\n') };
  return (await vscode.window.showInformationMessage(t('Download {0}?', record.name), options, yes)) === yes;
}

function requireDownload(): void {
  requireTrust(vscode.l10n.t('Models are downloaded only in a trusted workspace.'));
}
