import { ModelDownloadError } from '../errors';
import { checkedFileName, checkedRepository } from '../names';
import { networkError, statusError, type Asked } from './failures';

const OFFICIAL = 'https://huggingface.co';
const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 6;
const YES = ['1', 'on', 'yes', 'true'];
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export interface HubOptions {
  /** Left out: the official hub. */
  readonly endpoint?: string;
  /** Only ever sent to the endpoint's own origin, and not in the clear unless that is this machine. */
  readonly token?: string;
  /** Ask nothing of the network. */
  readonly offline?: boolean;
  /** The editor's own, which knows its proxy settings. */
  readonly fetch?: typeof fetch;
}

/** What the usual variables of the hub's own tools say. */
export function hubOptionsOf(env: NodeJS.ProcessEnv): HubOptions {
  return {
    endpoint: env['HF_ENDPOINT'] || undefined,
    token: env['HF_TOKEN'] || undefined,
    offline: YES.includes((env['HF_HUB_OFFLINE'] ?? '').toLowerCase()),
  };
}

export interface HubRequest {
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Do not follow a redirect to another origin: what the hub itself says is wanted. */
  readonly stay?: boolean;
}

export interface HubAnswer {
  /** Of the last leg: what was asked for, or with `stay` a redirect away from the hub. */
  readonly response: Response;
  /** A header of the first leg at the hub that has it. */
  readonly header: (name: string) => string | null;
}

/** A server of models that answers like huggingface.co. */
export class Hub {
  readonly offline: boolean;
  private readonly base: URL;
  private readonly token?: string;
  private readonly fetch: typeof fetch;

  /** @throws ModelDownloadError when the endpoint is not an http address. */
  constructor(options: HubOptions = {}) {
    this.base = endpointOf(options.endpoint ?? OFFICIAL);
    this.offline = options.offline ?? false;
    this.token = options.token;
    // Looked up at each call: the editor exchanges it when its proxy settings change.
    this.fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
  }

  fileUrl(repository: string, revision: string, path: string): URL {
    return this.url(`${checkedRepository(repository)}/resolve/${encode(revision)}/${checkedFileName(path)}`);
  }

  modelUrl(repository: string, revision: string): URL {
    return this.url(`api/models/${checkedRepository(repository)}/revision/${encode(revision)}`);
  }

  /**
   * Asks, following redirects by hand so that the token stays at the hub.
   * @throws ModelDownloadError when there is no answer; an answer of any status is returned.
   */
  async request(url: URL, { method, headers, signal, stay }: HubRequest = {}): Promise<HubAnswer> {
    if (this.offline) {
      throw new ModelDownloadError('offline', 'HF_HUB_OFFLINE is set.', 'Unset it to download models.');
    }
    const seen: Headers[] = [];
    const header = (name: string) => seen.map((leg) => leg.get(name)).find((value) => value !== null) ?? null;
    for (let leg = 0; leg <= MOST_REDIRECTS; leg++) {
      const atHub = url.origin === this.base.origin;
      const response = await this.fetch(url, {
        method,
        signal,
        redirect: 'manual',
        // Compressed answers have other lengths than the files.
        headers: { ...headers, 'accept-encoding': 'identity', ...(atHub ? this.authorization() : {}) },
      }).catch((error: unknown) => {
        throw networkError(error, url.host, signal);
      });
      if (atHub) seen.push(response.headers);
      const location = response.headers.get('location');
      if (!REDIRECTS.includes(response.status) || location === null) return { response, header };
      const next = new URL(location, url);
      if (stay && next.origin !== this.base.origin) return { response, header };
      await response.body?.cancel();
      url = next;
    }
    throw new ModelDownloadError('bad-answer', `${url.host} redirects in circles.`);
  }

  /** @throws ModelDownloadError when there is no JSON to be had. */
  async json(url: URL, asked: Asked, signal?: AbortSignal): Promise<unknown> {
    const { response } = await this.request(url, { signal });
    if (!response.ok) throw statusError(response, asked);
    try {
      return await response.json();
    } catch (error) {
      if (error instanceof SyntaxError) throw new ModelDownloadError('bad-answer', `${asked} is not valid JSON.`);
      throw networkError(error, url.host, signal);
    }
  }

  private url(path: string): URL {
    return new URL(path, this.base);
  }

  private authorization(): Record<string, string> {
    const isSafe = this.base.protocol === 'https:' || LOOPBACK.includes(this.base.hostname);
    return this.token && isSafe ? { authorization: `Bearer ${this.token}` } : {};
  }
}

function endpointOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(`${address.replace(/\/+$/, '')}/`) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol)) return url;
  throw new ModelDownloadError('unreachable', `HF_ENDPOINT is not a web address: "${address}".`);
}

/** A revision may be called refs/pr/2. */
const encode = (revision: string) => encodeURIComponent(revision);
