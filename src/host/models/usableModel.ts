import { basename, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import type { ModelStore } from '../../models/store';
import type { Explanation } from '../../protocol/explanation';
import { requireTrust } from './trust';

/** A model that may run here. */
export interface UsableModel {
  readonly id: string;
  /** With config.json, tokenizer.json and the checkpoint. */
  readonly folder: string;
  /** As its download calls it, and its licence; left out: its files say. */
  readonly name?: string;
  readonly licence?: string;
}

/**
 * The model of an id or of an absolute path. Whether the engine can read it is not looked at.
 * @throws Error with one sentence where there is none; NeedsTrust where it may not run here
 */
export async function usableModel(named: string, store: ModelStore): Promise<UsableModel> {
  const { t } = vscode.l10n;
  if (isAbsolute(named)) {
    requireTrust(t('A model is used from its own folder (“{0}”) only in a trusted workspace.', named));
    return { id: basename(named), folder: named };
  }
  const found = (await store.list()).find(({ record }) => record.id === named);
  if (found?.record.completed === undefined) throw new Error(t('There is no downloaded model “{0}”.', named));
  const { folder, isVerified, record } = found;
  const { id, name, licence } = record;
  if (!isVerified) {
    requireTrust(t('“{0}” changed since it was verified: it runs only in a trusted workspace.', name));
  }
  return { id, folder, name, licence };
}

/** The record with the name and the licence that the download gives the model: its own files need not say them. */
export function withModel(explanation: Explanation, { name, licence }: UsableModel): Explanation {
  const { model } = explanation;
  return { ...explanation, model: { ...model, name: name ?? model.name, licence: model.licence ?? licence } };
}
