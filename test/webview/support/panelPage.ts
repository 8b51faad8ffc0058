import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FromPanel, PanelPlace, SizeChoice, ToPanel } from '../../../src/protocol/panel';
import type { Browser } from './browser';
import { ServedPage, themeRules, WATCH_VIOLATIONS, type Answer, type PageOptions } from './servedPage';
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

export interface PanelOptions extends PageOptions {
  /** What `getState` answers. */
  readonly state?: unknown;
}

/** The built page in a browser, with a host that only records. */
export class PanelPage extends ServedPage {
  static async open(browser: Browser, options: PanelOptions = {}): Promise<PanelPage> {
    if (!existsSync(join(DIST, 'panel.js'))) throw new Error('There is no built page: run "npm run build" first.');
    const served = await ServedPage.serve(browser, { width: 1120, ...options }, (path) => answer(path, options));
    const panel = new PanelPage(...served);
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
    const vocabulary = { name: 'demo', isFollowed: true };
    await this.send({
      type: 'setup',
      prompts: [],
      looks: {},
      vocabulary,
      settings,
      sizes: SIZES,
      isDemo: false,
      ...part,
    });
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

  async state(): Promise<string> {
    return this.page.evaluate<string>("document.querySelector('.cam').dataset.state");
  }

  async waitForState(state: string): Promise<void> {
    await this.waitUntil(`document.querySelector('.cam').dataset.state === '${state}'`);
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

function answer(name: string, { theme = 'dark', state }: PanelOptions): Answer | undefined {
  if (name === '') return { type: 'text/html; charset=utf-8', body: html(theme, state) };
  const [file, ending] = /^(?:panel|codicon)\.(js|css|ttf)/.exec(name) ?? [];
  const path = file && join(DIST, file);
  return path && existsSync(path) ? { type: TYPES[ending!]!, body: readFileSync(path) } : undefined;
}

/** What the host writes, with the editor's own style before the policy as the editor puts it. */
function html(name: keyof typeof THEMES, state: unknown): string {
  const policy = [
    "default-src 'none'",
    'img-src blob:',
    `style-src 'self' 'nonce-${NONCE}'`,
    "font-src 'self'",
    `script-src 'nonce-${NONCE}'`,
  ];
  return `<!doctype html><html><head><meta charset="utf-8">
<style>${themeRules(name)} body { margin: 0; padding: 0 20px; background: var(--vscode-editor-background); }</style>
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta property="csp-nonce" content="${NONCE}">
<link rel="stylesheet" href="codicon.css"><link rel="stylesheet" href="panel.css"></head>
<body class="${THEMES[name].bodyClass}"><div id="app"></div>
<script nonce="${NONCE}">
  const posted = [];
  ${WATCH_VIOLATIONS}
  let saved = ${JSON.stringify(state) ?? 'undefined'};
  function acquireVsCodeApi() {
    return { postMessage: (message) => posted.push(message), getState: () => saved, setState: (next) => (saved = next) };
  }
</script>
<script type="module" nonce="${NONCE}" src="panel.js"></script></body></html>`;
}
