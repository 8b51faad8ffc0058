import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** The little of playwright-core that these tests use; the package lives with the workbench's harness. */
export interface Page {
  goto(url: string): Promise<unknown>;
  /** `script` runs in the page. */
  evaluate<T>(script: string): Promise<T>;
  locator(selector: string): Locator;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  screenshot(options: { path: string }): Promise<unknown>;
  close(): Promise<void>;
  readonly keyboard: {
    press(key: string): Promise<void>;
    type(text: string): Promise<void>;
    down(key: string): Promise<void>;
    up(key: string): Promise<void>;
  };
  readonly mouse: {
    move(x: number, y: number, options?: { steps: number }): Promise<void>;
    down(): Promise<void>;
    up(): Promise<void>;
    wheel(x: number, y: number): Promise<void>;
  };
}

export interface Locator {
  click(): Promise<void>;
  dblclick(): Promise<void>;
  hover(options?: { position: { x: number; y: number } }): Promise<void>;
  fill(value: string): Promise<void>;
  focus(): Promise<void>;
  count(): Promise<number>;
  isVisible(): Promise<boolean>;
  textContent(): Promise<string | null>;
  allTextContents(): Promise<string[]>;
  getAttribute(name: string): Promise<string | null>;
  selectOption(value: string): Promise<unknown>;
  dragTo(target: Locator, options?: { targetPosition: { x: number; y: number } }): Promise<void>;
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
  nth(index: number): Locator;
}

export interface Browser {
  newPage(options: {
    viewport: { width: number; height: number };
    deviceScaleFactor?: number;
    permissions?: readonly string[];
  }): Promise<Page>;
  close(): Promise<void>;
}

interface Playwright {
  readonly chromium: { launch(options: { executablePath: string; args: readonly string[] }): Promise<Browser> };
}

const HARNESS = resolve(__dirname, '../../workbench/harness');
const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Undefined where there is no browser or the harness is not installed. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const executablePath = CANDIDATES.find((path) => existsSync(path));
  if (!executablePath || !existsSync(resolve(HARNESS, 'node_modules/playwright-core'))) return undefined;
  const { chromium } = createRequire(resolve(HARNESS, 'package.json'))('playwright-core') as Playwright;
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}
