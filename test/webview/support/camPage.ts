import { build } from 'esbuild';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { Explanation } from '../../../src/protocol/explanation';
import type { Browser, Page as PanelPage } from './browser';
import { THEMES } from './themes';

const ROOM = resolve(__dirname, '../../../webview/camView');
const NONCE = 'nonce0nonce0nonce0';

/** What a page has to say of a CamView: the tests' handle on it. */
const SCRIPT = `
import { CamView } from './camView';
import { restoreLook } from './look';
import { adoptStyles } from './styles';

adoptStyles(document);
let model = { words: [] };
Object.assign(globalThis, {
  looks: [],
  make(look) {
    globalThis.cam = new CamView({
      look: restoreLook(look),
      onLook: (look) => looks.push(look),
      tileContext: (word) => JSON.stringify({ webviewSection: 'tile', word }),
    });
    document.getElementById('app').append(cam.element);
  },
  show(part) {
    model = { ...model, ...part };
    cam.show(model);
  },
  async take(word) {
    const { blob, ...rest } = await cam.figure(word);
    const bitmap = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    globalThis.taken = canvas;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return { ...rest, type: blob.type, decoded: [bitmap.width, bitmap.height], png: btoa(binary) };
  },
});
`;

type Page = Omit<PanelPage, 'mouse'> & {
  readonly mouse: PanelPage['mouse'] & { wheel(x: number, y: number): Promise<void> };
};

export interface CamPageOptions {
  readonly theme?: keyof typeof THEMES;
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
  readonly look?: unknown;
}

export interface Taken {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly type: string;
  readonly decoded: readonly [number, number];
  /** Base64. */
  readonly png: string;
}

/** Pixels of one colour: their bounds, right and bottom excluded, and how many there are. */
export interface Spot {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly count: number;
}

/** A CamView alone in a page, under the policy that a host gives. */
export class CamPage {
  private constructor(
    readonly page: Page,
    private readonly server: Server,
  ) {}

  static async open(browser: Browser, options: CamPageOptions = {}): Promise<CamPage> {
    const { width = 700, height = 600, scale = 1, theme = 'dark', look } = options;
    const server = await serve(html(theme), await bundle());
    const page = (await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale })) as Page;
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.evaluate(`make(${JSON.stringify(look ?? {})})`);
    return new CamPage(page, server);
  }

  /** Shows a picture that `draw` paints with the 2d context `g`, and what else is given. */
  async show(
    draw: string,
    [width, height]: readonly [number, number],
    words: readonly string[],
    explanation?: Explanation,
  ): Promise<void> {
    await this.page.evaluate(`(() => {
      const canvas = new OffscreenCanvas(${width}, ${height});
      const g = canvas.getContext('2d');
      ${draw};
      const picture = { width: ${width}, height: ${height}, source: canvas.transferToImageBitmap() };
      show({ picture, words: ${JSON.stringify(words)}, explanation: ${JSON.stringify(explanation) ?? 'undefined'} });
    })()`);
    await this.settle();
  }

  /** Where a canvas, or another expression for one, has exactly this colour. */
  async spot(canvas: string, rgb: ArrayLike<number>, tolerance = 0): Promise<Spot> {
    return this.page.evaluate<Spot>(`(() => {
      const canvas = ${canvas};
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
      const spot = { left: width, top: height, right: 0, bottom: 0, count: 0 };
      const rgb = ${JSON.stringify(Array.from(rgb))};
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
        if (!rgb.every((value, i) => Math.abs(data[(y * width + x) * 4 + i] - value) <= ${tolerance})) continue;
        spot.left = Math.min(spot.left, x);
        spot.top = Math.min(spot.top, y);
        spot.right = Math.max(spot.right, x + 1);
        spot.bottom = Math.max(spot.bottom, y + 1);
        spot.count++;
      }
      return spot;
    })()`);
  }

  async pixel(canvas: string, x: number, y: number): Promise<number[]> {
    return this.page.evaluate<number[]>(`[...${canvas}.getContext('2d').getImageData(${x}, ${y}, 1, 1).data]`);
  }

  /** A number that is the same for the same pixels. */
  async print(canvas: string): Promise<number> {
    return this.page.evaluate<number>(`(() => {
      const canvas = ${canvas};
      let sum = 0;
      for (const value of canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data)
        sum = (sum * 31 + value) | 0;
      return sum;
    })()`);
  }

  async take(word?: string): Promise<Taken> {
    return this.page.evaluate<Taken>(`take(${JSON.stringify(word) ?? 'undefined'})`);
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

  /** Waits until tiles are painted. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      'new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 30))',
    );
  }

  async violations(): Promise<string[]> {
    return this.page.evaluate<string[]>('violations');
  }

  async close(): Promise<void> {
    await this.page.close();
    this.server.close();
    this.server.closeAllConnections();
  }
}

let bundled: Promise<string> | undefined;

function bundle(): Promise<string> {
  bundled ??= build({
    stdin: { contents: SCRIPT, resolveDir: ROOM, loader: 'js' },
    ...{ bundle: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' },
    tsconfig: resolve(ROOM, '../tsconfig.json'),
  }).then(({ outputFiles }) => outputFiles[0]!.text);
  return bundled;
}

async function serve(page: string, script: string): Promise<Server> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/cam.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : page);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

function html(name: keyof typeof THEMES): string {
  const { bodyClass, variables } = THEMES[name];
  const theme = Object.entries(variables).map(([key, value]) => `--vscode-${key}: ${value};`);
  const policy = `default-src 'none'; img-src blob:; style-src 'nonce-${NONCE}'; script-src 'nonce-${NONCE}'`;
  return `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${NONCE}">:root { ${theme.join(' ')} color-scheme: ${name === 'light' ? 'light' : 'dark'}; }
  body { margin: 0; background: var(--vscode-editor-background);
    font: var(--vscode-font-weight) var(--vscode-font-size) / 18px var(--vscode-font-family); }
  #app { box-sizing: border-box; display: flex; height: 100vh; padding: 8px 16px 10px; }
  #app > .cam { flex: 1; }</style></head>
<body class="${bodyClass}"><div id="app"></div>
<script nonce="${NONCE}">
  const violations = [];
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
  addEventListener('error', (event) => violations.push(event.message));
  addEventListener('unhandledrejection', (event) => violations.push(String(event.reason)));
</script>
<script type="module" nonce="${NONCE}" src="cam.js"></script></body></html>`;
}
