export type ModelDownloadErrorCode =
  | 'bad-answer'
  | 'busy'
  | 'cancelled'
  | 'changed'
  | 'cut'
  | 'disk-full'
  | 'file-system'
  | 'hash'
  | 'no-safetensors'
  | 'not-clip'
  | 'not-found'
  | 'offline'
  | 'proxy'
  | 'server'
  | 'size'
  | 'unauthorized'
  | 'unavailable'
  | 'unreachable';

/** That trying again may help, and how long the server asks to wait before. */
export interface Retry {
  readonly afterMs?: number;
}

/** A model that cannot be brought in: one sentence on what went wrong and, where there is something to do, one on what. */
export class ModelDownloadError extends Error {
  constructor(
    readonly code: ModelDownloadErrorCode,
    message: string,
    readonly hint?: string,
    /** Left out: the same would happen again. */
    readonly retry?: Retry,
  ) {
    super(message);
  }
}

export const cancelled = () => new ModelDownloadError('cancelled', 'Cancelled.');

const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Says in our words what reading or writing `path` failed with; an error of another kind stays as it is. */
export function fileSystemError(error: unknown, path: string): unknown {
  const { code, message, name } = error as NodeJS.ErrnoException;
  if (name === 'AbortError') return cancelled();
  if (error instanceof ModelDownloadError || code === undefined) return error;
  if (FULL.includes(code)) {
    return new ModelDownloadError(
      'disk-full',
      `The disk became full while "${path}" was written.`,
      'Make room and download again: what has come so far is kept.',
    );
  }
  return new ModelDownloadError(
    'file-system',
    `"${path}" cannot be read or written: ${message}.`,
    'Check that the folder of the models can be written.',
  );
}
