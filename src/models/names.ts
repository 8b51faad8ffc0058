import { ModelDownloadError } from './errors';

const SEGMENT = /^[\w][\w.+-]*$/;
const REPOSITORY = /^[\w][\w.-]*(\/[\w][\w.-]*)?$/;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Whether a name from outside is a plain relative path: it can neither leave its folder nor be hidden in it. */
export function isFileName(name: string): boolean {
  return name.split('/').every((part) => SEGMENT.test(part) && !part.endsWith('.') && !RESERVED.test(part));
}

/** @throws ModelDownloadError when the name would lead out of the model's folder. */
export function checkedFileName(name: string): string {
  if (isFileName(name)) return name;
  throw new ModelDownloadError('bad-answer', `"${name}" is not a file name that is safe to write.`);
}

/** @throws ModelDownloadError when it is not how the hub names a repository, e.g. `openai/clip-vit-base-patch16`. */
export function checkedRepository(repository: string): string {
  if (REPOSITORY.test(repository) && !repository.includes('..')) return repository;
  throw new ModelDownloadError(
    'not-found',
    `"${repository}" is not the name of a hub repository.`,
    'It looks like "organisation/name".',
  );
}

/** The id of a model that is in no catalogue, which is also the name of its folder. */
export function idOfRepository(repository: string): string {
  return checkedRepository(repository).replace('/', '--').toLowerCase();
}
