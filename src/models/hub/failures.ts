import { cancelled, ModelDownloadError } from '../errors';

/** What was asked for, for messages: `tokenizer.json of openai/clip-vit-base-patch16`. */
export type Asked = string;

const NO_ROUTE = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH'];
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;
const BUSY = [408, 425, 429];
const SECOND = 1000;

/** An answer of the hub that is not the file. */
export function statusError(response: Response, asked: Asked): ModelDownloadError {
  const { status } = response;
  if (status === 401 || status === 403) {
    return new ModelDownloadError(
      'unauthorized',
      `The hub does not give out ${asked} without permission (${status}).`,
      'Check the name; if it is private or has terms, accept them on its page and give a token of your account.',
    );
  }
  if (status === 404) {
    return new ModelDownloadError(
      'not-found',
      `The hub has no ${asked} (404).`,
      'Check the name of the repository; a private one needs a token.',
    );
  }
  if (status === 407) return proxyError();
  const mayPass = status >= 500 || BUSY.includes(status);
  return new ModelDownloadError(
    'server',
    `The hub answered ${status} for ${asked}.`,
    mayPass ? 'Try again later: what has come so far is kept.' : undefined,
    mayPass ? { afterMs: retryAfter(response.headers.get('retry-after')) } : undefined,
  );
}

/** Why no answer, or not all of it, came from `host`. */
export function networkError(error: unknown, host: string, signal?: AbortSignal): ModelDownloadError {
  if (signal?.aborted) return cancelled();
  const { message, code } = deepest(error);
  if (/\b407\b/.test(message)) return proxyError();
  if (CERTIFICATE.test(code)) {
    return new ModelDownloadError(
      'proxy',
      `The certificate of ${host} is not trusted (${code}).`,
      'Where a proxy checks connections, its certificate must be known to this machine.',
    );
  }
  if (NO_ROUTE.includes(code)) {
    return new ModelDownloadError(
      'unreachable',
      `${host} cannot be reached (${code}).`,
      'Check the connection and the proxy settings, or set HF_ENDPOINT to a mirror.',
      {},
    );
  }
  return new ModelDownloadError(
    'cut',
    `The connection to ${host} was cut (${code || message}).`,
    'Download again: what has come so far is kept.',
    {},
  );
}

function proxyError(): ModelDownloadError {
  return new ModelDownloadError(
    'proxy',
    'The proxy asks for a name and a password (407).',
    'Put them into the proxy address of the settings.',
  );
}

/** Milliseconds of a Retry-After header, given in seconds or as a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * SECOND : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** fetch wraps what happened into causes; the innermost one says it. */
function deepest(error: unknown): { readonly message: string; readonly code: string } {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const { message, code } = (inner ?? {}) as { message?: unknown; code?: unknown };
  return { message: typeof message === 'string' ? message : String(inner), code: typeof code === 'string' ? code : '' };
}
