import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from './browser';
import { THEMES } from './themes';

export interface PageOptions {
  readonly theme?: keyof typeof THEMES;
  readonly width?: number;
  readonly height?: number;
  /** Device pixels per CSS pixel. */
  readonly scale?: number;
}

export interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** A page of ours in a browser, served as the editor serves it. */
export class ServedPage {
  protected constructor(
    readonly page: Page,
    private readonly server: Server,
  ) {}

  /** @param answer by the path without its first slash; nothing means 404 */
  protected static async serve(
    browser: Browser,
    { width = 1000, height = 700, scale = 1 }: PageOptions,
    answer: (path: string) => Answer | undefined,
  ): Promise<[Page, Server]> {
    const server = createServer((request, response) => {
      const found = answer(decodeURIComponent((request.url ?? '').slice(1)));
      if (!found) return response.writeHead(404).end();
      response.setHeader('content-type', found.type);
      response.end(found.body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const page = await browser.newPage({
      viewport: { width, height },
      deviceScaleFactor: scale,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return [page, server];
  }

  /** What the page tried against its policy, and its errors. */
  async violations(): Promise<string[]> {
    return this.page.evaluate<string[]>('violations');
  }

  /** Asks from outside: waiting inside the page would evaluate text there, which the policy forbids. */
  async waitUntil(condition: string): Promise<void> {
    for (const end = Date.now() + 10_000; Date.now() < end; await this.settle()) {
      if (await this.page.evaluate<boolean>(condition)) return;
    }
    throw new Error(`Still not so after 10 s: ${condition}`);
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

  /** Moves a slider in every frame while a canvas takes 2 ms to paint, and answers the most that were painted in one. */
  async mostPaintsInAFrame(slider = 0): Promise<number> {
    return this.page.evaluate<number>(`(async () => {
      const { prototype } = CanvasRenderingContext2D, { putImageData } = prototype;
      let paints = 0, most = 0;
      prototype.putImageData = function (...given) {
        for (const end = performance.now() + 2; performance.now() < end;);
        paints++;
        putImageData.apply(this, given);
      };
      const input = document.querySelectorAll('.controls input')[${slider}];
      for (let i = 0; i < 12; i++) {
        input.value = String(10 + i * 3);
        input.dispatchEvent(new Event('input'));
        paints = 0;
        await new Promise(requestAnimationFrame);
        most = Math.max(most, paints);
      }
      prototype.putImageData = putImageData;
      return most;
    })()`);
  }

  /** Waits until messages are handled and tiles are painted. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      'new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 30))',
    );
  }

  async close(): Promise<void> {
    await this.page.close();
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Style rules that set the editor's variables. */
export function themeRules(name: keyof typeof THEMES): string {
  const variables = Object.entries(THEMES[name].variables).map(([key, value]) => `--vscode-${key}: ${value};`);
  return `:root { ${variables.join(' ')} color-scheme: ${name === 'light' ? 'light' : 'dark'}; }`;
}

/** Script that fills `violations`. */
export const WATCH_VIOLATIONS = `const violations = [];
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
  addEventListener('error', (event) => violations.push(event.message));
  addEventListener('unhandledrejection', (event) => violations.push(String(event.reason)));`;
