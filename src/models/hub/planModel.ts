import { ModelDownloadError } from '../errors';
import { checkedFileName } from '../names';
import type { ModelRecord, PinnedFile } from '../record';
import { chooseFiles, INDEX, shardsOf } from './chooseFiles';
import type { ModelSource } from './modelSource';

/** A file of a model, and what is known for certain about it. */
export interface WantedFile {
  readonly name: string;
  /** In bytes, exactly. */
  readonly size?: number;
  /** In hex. */
  readonly sha256?: string;
}

/** A model to bring in: one of the catalogue, or any repository of the hub. */
export interface WantedModel {
  /** Also the name of its folder. */
  readonly id: string;
  readonly name: string;
  readonly repository: string;
  /** Commit or branch. Left out: the main branch, as it is at the first download. */
  readonly revision?: string;
  readonly licence?: string;
  /** Of the transformers. Left out: the model's own configuration says. */
  readonly activation?: 'quick_gelu' | 'gelu';
  /** Left out: chosen from what the repository has. */
  readonly files?: readonly WantedFile[];
}

/** Where the tokenizer of CLIP is, for repositories that have none of their own. */
export interface TokenizerOrigin {
  readonly repository: string;
  readonly path: string;
}

const TOKENIZER = 'tokenizer.json';

export const revisionOf = (wanted: WantedModel) => wanted.revision ?? 'main';

/**
 * Pins a model: its files, all of one commit, with their sizes and as many hashes as the source tells.
 * @throws ModelDownloadError when it cannot be had or is not what the catalogue knows.
 */
export async function planModel(
  source: ModelSource,
  wanted: WantedModel,
  tokenizer: TokenizerOrigin,
): Promise<ModelRecord> {
  const { id, name, repository, activation } = wanted;
  const listing = wanted.files ? undefined : await source.listing(repository, revisionOf(wanted));
  const chosen = wanted.files ?? chooseFiles(repository, listing?.names ?? []).map((file) => ({ name: file }));
  let revision = listing?.commit ?? revisionOf(wanted);
  const files: PinnedFile[] = [];
  for (const file of chosen) {
    files.push(await pin(source, repository, revision, file));
    // The main branch may move between two questions.
    revision = files[0]!.revision;
  }
  if (chosen.some((file) => file.name === INDEX)) {
    for (const shard of shardsOf(await source.json(repository, revision, INDEX))) {
      files.push(await pin(source, repository, revision, { name: shard }));
    }
  }
  if (!chosen.some((file) => file.name === TOKENIZER)) {
    const pinned = await pin(source, tokenizer.repository, 'main', { name: tokenizer.path });
    files.push({ ...pinned, name: TOKENIZER });
  }
  const licence = wanted.licence ?? listing?.licence;
  return {
    id,
    name,
    repository,
    requested: revisionOf(wanted),
    revision,
    licence,
    ...(activation && { activation }),
    files,
  };
}

async function pin(source: ModelSource, repository: string, revision: string, known: WantedFile): Promise<PinnedFile> {
  const path = checkedFileName(known.name);
  const { size, commit, etag, sha256 } = await source.facts(repository, revision, path);
  const isOther = known.sha256 !== undefined && sha256 !== undefined && known.sha256 !== sha256;
  if (isOther || (known.size !== undefined && known.size !== size)) {
    throw new ModelDownloadError(
      'changed',
      `${path} of ${repository} is not the file that the catalogue knows.`,
      'Update the extension, or download the repository by its name if you trust it.',
    );
  }
  return { name: path, repository, revision: commit ?? revision, path, size, sha256: known.sha256 ?? sha256, etag };
}
