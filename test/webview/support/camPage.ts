import { build } from 'esbuild';
import { resolve } from 'node:path';
import type { Explanation } from '../../../src/protocol/explanation';
import type { Browser } from './browser';
import { ServedPage, themeRules, WATCH_VIOLATIONS, type PageOptions } from './servedPage';
import { THEMES } from './themes';

const ROOM = resolve(__dirname, '../../../webview/camView');
const NONCE = 'nonce0nonce0nonce0';

/** What a page has to say of a CamView: the tests' handle on it. */
const SCRIPT = `
import { CamView } from './camView';
import { restoreLook } from './look';
import { adoptStyles } from './styles';
import { looksOf, WordLooks } from './wordLooks';

adoptStyles(document);
let model = { words: [] };
const wordLooks = new WordLooks();
Object.assign(globalThis, {
  looks: [],
  make(look) {
    globalThis.cam = new CamView({
      look: restoreLook(look),
      looks: wordLooks,
      onLook: (look) => looks.push(look),
      tileContext: (word) => JSON.stringify({ webviewSection: 'tile', word }),
    });
    document.getElementById('app').append(cam.element);
  },
  show(part) {
    model = { ...model, ...part };
    wordLooks.give(looksOf(model.explanation?.prompts ?? []));
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

export interface CamPageOptions extends PageOptions {
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
export class CamPage extends ServedPage {
  static async open(browser: Browser, options: CamPageOptions = {}): Promise<CamPage> {
    const files = new Map([
      ['', { type: 'text/html; charset=utf-8', body: html(options.theme ?? 'dark') }],
      ['cam.js', { type: 'text/javascript', body: await bundle() }],
    ]);
    const served = await ServedPage.serve(browser, { width: 700, height: 600, ...options }, (path) => files.get(path));
    const cam = new CamPage(...served);
    await cam.page.evaluate(`make(${JSON.stringify(options.look ?? {})})`);
    return cam;
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

function html(name: keyof typeof THEMES): string {
  const policy = `default-src 'none'; img-src blob:; style-src 'nonce-${NONCE}'; script-src 'nonce-${NONCE}'`;
  return `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${NONCE}">${themeRules(name)}
  body { margin: 0; background: var(--vscode-editor-background);
    font: var(--vscode-font-weight) var(--vscode-font-size) / 18px var(--vscode-font-family); }
  #app { box-sizing: border-box; display: flex; height: 100vh; padding: 8px 16px 10px; }
  #app > .cam { flex: 1; }</style></head>
<body class="${THEMES[name].bodyClass}"><div id="app"></div>
<script nonce="${NONCE}">
  ${WATCH_VIOLATIONS}
</script>
<script type="module" nonce="${NONCE}" src="cam.js"></script></body></html>`;
}
