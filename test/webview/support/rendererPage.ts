import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { EXPLANATION_MIME, type FromRenderer, type ToRenderer } from '../../../src/protocol/notebook';
import type { Browser, Page } from './browser';
import { THEMES } from './themes';

const RENDERER = resolve(__dirname, '../../../dist/renderer.js');

export interface RendererOptions {
  readonly theme?: keyof typeof THEMES;
  readonly width?: number;
  readonly height?: number;
  readonly hasMessaging?: boolean;
  /** Files beside the notebook, by their path. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** The built renderer in a document as the editor makes it for outputs, with a host that only records. */
export class RendererPage {
  private constructor(
    readonly page: Page,
    private readonly server: Server,
  ) {}

  static async open(browser: Browser, options: RendererOptions = {}): Promise<RendererPage> {
    if (!existsSync(RENDERER)) throw new Error('There is no built renderer: run "npm run build" first.');
    const { width = 1000, height = 720 } = options;
    const server = await serve(options);
    const permissions = ['clipboard-read', 'clipboard-write'];
    const page = await browser.newPage({ viewport: { width, height }, permissions });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const renderer = new RendererPage(page, server);
    await renderer.waitUntil('globalThis.api !== undefined');
    return renderer;
  }

  /** Renders an output item into a place of its own, which `out(id)` finds. */
  async render(id: string, content: unknown, mime = EXPLANATION_MIME): Promise<void> {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await this.page.evaluate(`render(${JSON.stringify(id)}, ${JSON.stringify(mime)}, ${JSON.stringify(text)})`);
    await this.settle();
  }

  /** Sends a message as the extension would: to all outputs. */
  async send(message: ToRenderer): Promise<void> {
    await this.page.evaluate(`send(${JSON.stringify(message)})`);
    await this.settle();
  }

  /** Messages that were sent since the last call. */
  async posted(): Promise<FromRenderer[]> {
    return this.page.evaluate<FromRenderer[]>('posted.splice(0)');
  }

  async violations(): Promise<string[]> {
    return this.page.evaluate<string[]>('violations');
  }

  /** RGBA at shares of a canvas of an output. */
  async pixel(id: string, selector: string, x: number, y: number): Promise<number[]> {
    return this.page.evaluate<number[]>(`(() => {
      const canvas = out('${id}').querySelector(${JSON.stringify(selector)});
      const at = (share, size) => Math.min(size - 1, Math.floor(share * size));
      return [...canvas.getContext('2d').getImageData(at(${x}, canvas.width), at(${y}, canvas.height), 1, 1).data];
    })()`);
  }

  /** Waits until all views of an output are painted. */
  async ready(id: string): Promise<void> {
    await this.waitUntil(`(() => {
      const views = [...out('${id}').querySelectorAll('.cam[data-state]')];
      return views.length > 0 && views.every((view) => view.dataset.state === 'ready');
    })()`);
    await this.settle();
  }

  async waitUntil(condition: string): Promise<void> {
    for (const end = Date.now() + 10_000; Date.now() < end; await this.settle()) {
      if (await this.page.evaluate<boolean>(condition)) return;
    }
    throw new Error(`Still not so after 10 s: ${condition}`);
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

async function serve(options: RendererOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    const file = options.files?.[path];
    if (path === 'renderer.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(readFileSync(RENDERER));
    } else if (path === '') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(html(options));
    } else if (file) {
      response.setHeader('content-type', path.endsWith('.svg') ? 'image/svg+xml' : 'image/png');
      response.end(file);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

/** Decoded pictures that are not closed are counted: none may be left when the last output goes. */
function html({ theme: name = 'dark', hasMessaging = true }: RendererOptions): string {
  const theme = THEMES[name];
  const variables = Object.entries(theme.variables).map(([key, value]) => `--vscode-${key}: ${value};`);
  return `<!doctype html><html><head><meta charset="utf-8">
<style>:root { ${variables.join(' ')} color-scheme: ${name === 'light' ? 'light' : 'dark'}; }
  body { margin: 0; padding: 8px 16px; background: var(--vscode-editor-background);
    font: var(--vscode-font-weight) var(--vscode-font-size) / 18px var(--vscode-font-family); }
  .place { margin-bottom: 20px; }</style></head>
<body class="${theme.bodyClass}">
<script>
  const posted = [], violations = [], listeners = [], bitmaps = new Set();
  let decoded = 0, state;
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
  addEventListener('error', (event) => violations.push(event.message));
  addEventListener('unhandledrejection', (event) => violations.push(String(event.reason)));
  const create = window.createImageBitmap;
  window.createImageBitmap = async (...given) => {
    const bitmap = await create(...given);
    decoded++;
    bitmaps.add(bitmap);
    return bitmap;
  };
  const close = ImageBitmap.prototype.close;
  ImageBitmap.prototype.close = function () { bitmaps.delete(this); close.call(this); };
  const send = (message) => listeners.forEach((listener) => listener(message));
  const out = (id) => document.getElementById(id).firstElementChild?.shadowRoot;
  const keys = [];
  addEventListener('keydown', (event) => keys.push(event.key));
  function render(id, mime, text) {
    let place = document.getElementById(id);
    if (!place) {
      place = document.createElement('div');
      place.id = id;
      place.className = 'place';
      document.body.append(place);
    }
    const bytes = new TextEncoder().encode(text);
    api.renderOutputItem({ id, mime, metadata: {}, text: () => text, json: () => JSON.parse(text), data: () => bytes,
      blob: () => new Blob([bytes]) }, place, new AbortController().signal);
  }
</script>
<script type="module">
  import { activate } from './renderer.js';
  const messaging = { postMessage: (message) => posted.push(message),
    onDidReceiveMessage: (listener) => { listeners.push(listener); return { dispose() {} }; } };
  globalThis.api = await activate({ setState: (next) => (state = next), getState: () => state,
    getRenderer: async () => undefined, workspace: { isTrusted: true }, ...(${hasMessaging} ? messaging : {}) });
</script></body></html>`;
}
