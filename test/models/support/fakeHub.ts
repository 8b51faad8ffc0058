import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const COMMIT = 'c'.repeat(40);

/** One request as a server saw it. */
export interface Seen {
  readonly server: 'hub' | 'cdn';
  readonly method: string;
  readonly path: string;
  readonly range?: string;
  readonly authorization?: string;
}

/** What goes wrong. Everything may change between two requests. */
export interface Faults {
  /** Statuses that come instead of answers, one after the other. */
  statuses: { readonly status: number; readonly retryAfter?: string; readonly at?: 'hub' | 'cdn' }[];
  /** After how many bytes of a body the connection is cut; asked once for each body. */
  cutAfter?: (path: string) => number | undefined;
  /** Awaited before a cut: bytes that the client did not take from its own buffer by then are lost to it. */
  beforeCut?: (sent: number) => Promise<void>;
  /** Bodies go out in pieces of so many bytes. */
  piece?: number;
  /** Answer ranges with the whole file. */
  ignoresRanges?: boolean;
  /** What the CDN sends instead of the file. */
  content?: Buffer;
  /** What the hub says in X-Linked-Size. */
  linkedSize?: number;
  /** What the CDN says in Content-Length; it must send as many bytes. */
  contentLength?: number;
  /** Requests to the hub without this token get 401. */
  token?: string;
}

/**
 * A hub as the real one behaves, on two ports of this machine: one knows repositories and redirects large files to
 * the other, which knows ranges and says neither ETag nor hash.
 */
export class FakeHub {
  readonly seen: Seen[] = [];
  faults: Faults = { statuses: [] };
  /** Bytes of bodies that the CDN sent. */
  sent = 0;
  commit = COMMIT;
  licence = 'mit';
  endpoint = '';
  private readonly files = new Map<string, { readonly content: Buffer; readonly isLarge: boolean }>();
  private readonly hub = createServer((request, response) => this.answerHub(request, response));
  private readonly cdn = createServer((request, response) => void this.answerCdn(request, response));

  static async start(): Promise<FakeHub> {
    const hub = new FakeHub();
    await Promise.all(
      [hub.hub, hub.cdn].map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))),
    );
    hub.endpoint = addressOf(hub.hub);
    return hub;
  }

  async stop(): Promise<void> {
    for (const server of [this.hub, this.cdn].filter(({ listening }) => listening)) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }

  add(repository: string, path: string, content: Buffer | string, isLarge = path.endsWith('.safetensors')): Buffer {
    const bytes = Buffer.from(content);
    this.files.set(`${repository}/${path}`, { content: bytes, isLarge });
    return bytes;
  }

  content(repository: string, path: string): Buffer {
    return this.files.get(`${repository}/${path}`)!.content;
  }

  /** Requests for bodies of a file, at whichever server. */
  bodies(path: string): readonly Seen[] {
    return this.seen.filter((seen) => seen.method === 'GET' && seen.path.endsWith(path) && seen.server === 'cdn');
  }

  private answerHub(request: IncomingMessage, response: ServerResponse): void {
    const path = this.note('hub', request);
    if (this.fails('hub', response)) return;
    const { token, linkedSize } = this.faults;
    if (token && request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end();
    const listing = /^\/api\/models\/(.+)\/revision\/(.+)$/.exec(path);
    if (listing) return this.list(listing[1]!, response);
    const [, repository, , name] = /^\/(.+)\/resolve\/([^/]+)\/(.+)$/.exec(path) ?? [];
    const file = this.files.get(`${repository}/${name}`);
    if (!file) return void response.writeHead(404).end();
    response.setHeader('X-Repo-Commit', this.commit);
    if (!file.isLarge) {
      response.setHeader('ETag', `"${gitObject(file.content)}"`).setHeader('Content-Length', file.content.length);
      return void response.end(request.method === 'HEAD' ? undefined : file.content);
    }
    response
      .writeHead(302, {
        Location: `${addressOf(this.cdn)}/${repository}/${name}?signature=1`,
        'X-Linked-Size': linkedSize ?? file.content.length,
        'X-Linked-ETag': `"${sha256(file.content)}"`,
      })
      .end();
  }

  private async answerCdn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = this.note('cdn', request);
    if (this.fails('cdn', response)) return;
    const { ignoresRanges, contentLength } = this.faults;
    const content = this.faults.content ?? this.files.get(path.slice(1))!.content;
    const range = ignoresRanges ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const from = Number(range ?? 0);
    if (range !== undefined && from >= content.length) return void response.writeHead(416).end();
    const body = content.subarray(from, contentLength === undefined ? undefined : from + contentLength);
    const contentRange = `bytes ${from}-${content.length - 1}/${content.length}`;
    response.writeHead(range === undefined ? 200 : 206, {
      'Content-Length': body.length,
      ...(range === undefined ? {} : { 'Content-Range': contentRange }),
    });
    await this.send(body, path, response);
  }

  private async send(body: Buffer, path: string, response: ServerResponse): Promise<void> {
    const { cutAfter, beforeCut } = this.faults;
    const cut = cutAfter?.(path);
    if (cut === undefined || cut >= body.length) {
      this.sent += body.length;
      const { piece = body.length } = this.faults;
      for (let at = 0; at < body.length; at += piece) {
        await new Promise((done) => response.write(body.subarray(at, at + piece), done));
      }
      return void response.end();
    }
    this.sent += cut;
    if (cut > 0) response.write(body.subarray(0, cut));
    await beforeCut?.(cut);
    response.socket?.end();
  }

  private list(repository: string, response: ServerResponse): void {
    const names = [...this.files.keys()].filter((key) => key.startsWith(`${repository}/`));
    if (names.length === 0) return void response.writeHead(404).end();
    const siblings = names.map((name) => ({ rfilename: name.slice(repository.length + 1) }));
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ sha: this.commit, siblings, cardData: { license: this.licence } }));
  }

  private note(server: 'hub' | 'cdn', request: IncomingMessage): string {
    const path = new URL(request.url!, 'http://host').pathname;
    const { range, authorization } = request.headers;
    this.seen.push({ server, method: request.method!, path, range, authorization });
    return path;
  }

  private fails(server: 'hub' | 'cdn', response: ServerResponse): boolean {
    const [next] = this.faults.statuses;
    if (!next || (next.at ?? 'hub') !== server) return false;
    this.faults.statuses.shift();
    response.writeHead(next.status, next.retryAfter === undefined ? {} : { 'Retry-After': next.retryAfter }).end();
    return true;
  }
}

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
export const gitObject = (bytes: Buffer) =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
