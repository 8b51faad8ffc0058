import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXPLANATION_MIME, type FromRenderer, type ToRenderer } from '../../../src/protocol/notebook';
import type { Browser } from './browser';
import { ServedPage, themeRules, WATCH_VIOLATIONS, type Answer, type PageOptions } from './servedPage';
import { THEMES } from './themes';

const DIST = resolve(__dirname, '../../../dist');
export const RENDERER = resolve(DIST, 'renderer.js');

export interface RendererOptions extends PageOptions {
  readonly hasMessaging?: boolean;
  /** Files beside the notebook, by their path. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** The built renderer in a document as the editor makes it for outputs, with a host that only records. */
export class RendererPage extends ServedPage {
  static async open(browser: Browser, options: RendererOptions = {}): Promise<RendererPage> {
    if (!existsSync(RENDERER)) throw new Error('There is no built renderer: run "npm run build" first.');
    const served = await ServedPage.serve(browser, options, (path) => answer(path, options));
    const renderer = new RendererPage(...served);
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
}

function answer(path: string, options: RendererOptions): Answer | undefined {
  if (path === '') return { type: 'text/html; charset=utf-8', body: html(options) };
  // The others are loaded when the first wants them.
  if (['renderer.js', 'figure.js', 'provenance.js'].includes(path)) {
    return { type: 'text/javascript', body: readFileSync(resolve(DIST, path)) };
  }
  const body = options.files?.[path];
  return body && { type: path.endsWith('.svg') ? 'image/svg+xml' : 'image/png', body };
}

/** Decoded pictures that are not closed are counted: none may be left when the last output goes. */
function html({ theme: name = 'dark', hasMessaging = true }: RendererOptions): string {
  return `<!doctype html><html><head><meta charset="utf-8">
<style>${themeRules(name)}
  body { margin: 0; padding: 8px 16px; background: var(--vscode-editor-background);
    font: var(--vscode-font-weight) var(--vscode-font-size) / 18px var(--vscode-font-family); }
  .place { margin-bottom: 20px; }</style></head>
<body class="${THEMES[name].bodyClass}">
<script>
  ${WATCH_VIOLATIONS}
  const posted = [], listeners = [], bitmaps = new Set();
  let decoded = 0, state;
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
