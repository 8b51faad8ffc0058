import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { FromPanel, PanelPlace, SizeChoice, ToPanel } from '../../../src/protocol/panel';
import type { Browser, Page } from './browser';
import { THEMES } from './themes';

const DIST = resolve(__dirname, '../../../dist/webview');
const NONCE = 'nonce0nonce0nonce0';
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

/** What a model of 64 px with patches of 8 offers. */
export const SIZES: readonly SizeChoice[] = [
  { side: 64, patches: 8, isNative: true, isDefault: false },
  { side: 96, patches: 12, isNative: false, isDefault: true },
  { side: 192, patches: 24, isNative: false, isDefault: false },
];

export interface PanelOptions {
  readonly theme?: keyof typeof THEMES;
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
  /** What `getState` answers. */
  readonly state?: unknown;
}

/** The built page in a browser, with a host that only records. */
export class PanelPage {
  private constructor(
    readonly page: Page,
    private readonly server: Server,
  ) {}

  static async open(browser: Browser, options: PanelOptions = {}): Promise<PanelPage> {
    if (!existsSync(join(DIST, 'panel.js'))) throw new Error('There is no built page: run "npm run build" first.');
    const { width = 1120, height = 700, scale = 1 } = options;
    const server = await serve(options);
    const page = await browser.newPage({
      viewport: { width, height },
      deviceScaleFactor: scale,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const panel = new PanelPage(page, server);
    await panel.waitUntil('posted.length > 0');
    return panel;
  }

  /** Sends a message as the host would. Bytes are made in the page: see {@link sendPicture}. */
  async send(message: ToPanel): Promise<void> {
    await this.page.evaluate(`postMessage(${JSON.stringify(message)}, '*')`);
    await this.settle();
  }

  async sendSetup(part: Partial<Extract<ToPanel, { type: 'setup' }>> = {}): Promise<void> {
    const settings = { method: 'clip-surgery', aspect: 'squash' } as const;
    await this.send({ type: 'setup', prompts: [], edited: false, settings, sizes: SIZES, ...part });
  }

  /** Places of pictures by their names; addresses are made of those. */
  async sendPlace(names: readonly string[], index = 0, part: Partial<PanelPlace> = {}): Promise<void> {
    const images = names.map((name) => ({ image: addressOf(name), name }));
    const place = { images, index, canGoBack: false, canGoForward: false, isPinned: false, ...part };
    await this.send({ type: 'place', place });
  }

  /** Sends a picture that `draw` paints with the 2d context `g`, `width` by `height`. */
  async sendPicture(draw: string, width: number, height: number, name = 'shapes.png'): Promise<void> {
    const about = { name, label: `pictures/${name}`, width, height, mime: 'image/png' };
    const picture = `{ ...${JSON.stringify(about)}, bytes: ${png(draw, width, height)} }`;
    await this.page.evaluate(`(async () => postMessage({ type: 'picture', picture: ${picture} }, '*'))()`);
    await this.settle();
  }

  /** Sends a small picture for the strip, painted like the one of {@link sendPicture}. */
  async sendThumbnail(index: number, name: string, draw: string): Promise<void> {
    const about = { type: 'thumbnail', index, image: addressOf(name) };
    await this.page.evaluate(
      `(async () => postMessage({ ...${JSON.stringify(about)}, bytes: ${png(draw, 64, 48)} }, '*'))()`,
    );
    await this.settle();
  }

  /**
   * Drags something onto an element and drops it there, or pastes it: `fill` puts it into the
   * transfer `data`, e.g. `data.setData('text/plain', 'a')`.
   */
  async transfer(types: readonly string[], fill: string, selector = 'body'): Promise<void> {
    await this.page.evaluate(`(async () => {
      const target = document.querySelector(${JSON.stringify(selector)});
      const data = new DataTransfer();
      const file = (name, type, bytes) => new File([Uint8Array.from(bytes)], name, { type });
      ${fill};
      for (const type of ${JSON.stringify(types)}) {
        const options = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
        target.dispatchEvent(new (type === 'paste' ? ClipboardEvent : DragEvent)(type, options));
      }
    })()`);
    await this.settle();
  }

  /** Messages that the page sent since the last call. */
  async posted(): Promise<FromPanel[]> {
    return this.page.evaluate<FromPanel[]>('posted.splice(0)');
  }

  async savedState(): Promise<unknown> {
    return this.page.evaluate('saved');
  }

  async violations(): Promise<string[]> {
    return this.page.evaluate<string[]>('violations');
  }

  async state(): Promise<string> {
    return this.page.evaluate<string>("document.querySelector('.cam').dataset.state");
  }

  async waitForState(state: string): Promise<void> {
    await this.waitUntil(`document.querySelector('.cam').dataset.state === '${state}'`);
  }

  /** Asks from outside: waiting inside the page would evaluate text there, which the policy forbids. */
  async waitUntil(condition: string): Promise<void> {
    for (const end = Date.now() + 10_000; Date.now() < end; await this.settle()) {
      if (await this.page.evaluate<boolean>(condition)) return;
    }
    throw new Error(`Still not so after 10 s: ${condition}`);
  }

  /** RGBA of one device pixel, given as shares of the canvas' width and height. */
  async pixel(selector: string, x: number, y: number): Promise<number[]> {
    return this.page.evaluate<number[]>(`(() => {
      const canvas = document.querySelector(${JSON.stringify(selector)});
      const at = (share, size) => Math.min(size - 1, Math.floor(share * size));
      const place = [at(${x}, canvas.width), at(${y}, canvas.height)];
      return [...canvas.getContext('2d').getImageData(...place, 1, 1).data];
    })()`);
  }

  /** Moves a native range input, as a drag would. */
  async slide(label: string, value: number): Promise<void> {
    await this.page.evaluate(`(() => {
      const labels = [...document.querySelectorAll('.controls label')];
      const input = labels.find((label) => label.textContent === '${label}').querySelector('input');
      input.value = '${value}';
      input.dispatchEvent(new Event('input'));
    })()`);
    await this.settle();
  }

  /** Chooses one of the ways to draw, wherever the layout has put it. */
  async choose(value: string): Promise<void> {
    await this.page.evaluate(`(() => {
      const choice = document.querySelector('.controls :is(input, option)[value="${value}"]');
      if (choice instanceof HTMLInputElement) return choice.click();
      choice.selected = true;
      choice.parentElement.dispatchEvent(new Event('change'));
    })()`);
    await this.settle();
  }

  /** Waits until messages are handled and tiles are painted. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      'new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 20))',
    );
  }

  async close(): Promise<void> {
    await this.page.close();
    this.server.close();
    this.server.closeAllConnections();
  }
}

function addressOf(name: string): string {
  return `file:///pictures/${name}`;
}

/** Script that paints a picture and answers with its bytes. */
function png(draw: string, width: number, height: number): string {
  return `await (async () => {
    const canvas = new OffscreenCanvas(${width}, ${height});
    const g = canvas.getContext('2d');
    ${draw};
    return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  })()`;
}

async function serve({ theme = 'dark', state }: PanelOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const file = /^\/(?:panel|codicon)\.(js|css|ttf)/.exec(request.url ?? '');
    const path = file && join(DIST, file[0]);
    if (path && !existsSync(path)) return response.writeHead(404).end();
    const body = path ? readFileSync(path) : html(theme, state);
    response.setHeader('content-type', file ? TYPES[file[1]!]! : 'text/html; charset=utf-8');
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

/** What the host writes, with the editor's own style before the policy as the editor puts it. */
function html(name: keyof typeof THEMES, state: unknown): string {
  const theme = THEMES[name];
  const variables = Object.entries(theme.variables).map(([key, value]) => `--vscode-${key}: ${value};`);
  const policy = [
    "default-src 'none'",
    'img-src blob:',
    `style-src 'self' 'nonce-${NONCE}'`,
    "font-src 'self'",
    `script-src 'nonce-${NONCE}'`,
  ];
  return `<!doctype html><html><head><meta charset="utf-8">
<style>:root { ${variables.join(' ')} } body { margin: 0; padding: 0 20px; background: var(--vscode-editor-background); }</style>
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta property="csp-nonce" content="${NONCE}">
<link rel="stylesheet" href="codicon.css"><link rel="stylesheet" href="panel.css"></head>
<body class="${theme.bodyClass}"><div id="app"></div>
<script nonce="${NONCE}">
  const posted = [], violations = [];
  let saved = ${JSON.stringify(state) ?? 'undefined'};
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
  addEventListener('error', (event) => violations.push(event.message));
  addEventListener('unhandledrejection', (event) => violations.push(String(event.reason)));
  function acquireVsCodeApi() {
    return { postMessage: (message) => posted.push(message), getState: () => saved, setState: (next) => (saved = next) };
  }
</script>
<script type="module" nonce="${NONCE}" src="panel.js"></script></body></html>`;
}
