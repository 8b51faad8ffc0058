/**
 * The part of playwright-core that the tests use. It lives in the harness, which may not be installed when types are
 * checked, so its shape is written down here.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { harness } from './paths';

export interface Locator {
  first(): Locator;
  nth(index: number): Locator;
  last(): Locator;
  locator(selector: string, options?: { hasText?: string | RegExp }): Locator;
  click(options?: { button?: 'left' | 'right'; modifiers?: ('Control' | 'Shift')[]; timeout?: number }): Promise<void>;
  dblclick(): Promise<void>;
  dragTo(target: Locator): Promise<void>;
  hover(): Promise<void>;
  focus(): Promise<void>;
  fill(text: string, options?: { timeout?: number }): Promise<void>;
  press(key: string): Promise<void>;
  pressSequentially(text: string): Promise<void>;
  selectOption(value: string): Promise<string[]>;
  waitFor(options?: { state?: 'visible' | 'hidden' | 'attached' | 'detached'; timeout?: number }): Promise<void>;
  count(): Promise<number>;
  isVisible(): Promise<boolean>;
  textContent(): Promise<string | null>;
  innerText(): Promise<string>;
  allInnerTexts(): Promise<string[]>;
  inputValue(options?: { timeout?: number }): Promise<string>;
  getAttribute(name: string): Promise<string | null>;
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
  /** Runs in the page, so the function may use nothing from around it. */
  evaluate<Element, Argument, Result>(
    inPage: (element: Element, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
}

export interface FrameLocator {
  locator(selector: string, options?: { hasText?: string | RegExp }): Locator;
  frameLocator(selector: string): FrameLocator;
}

export interface Page {
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
  goto(address: string): Promise<unknown>;
  reload(): Promise<unknown>;
  locator(selector: string, options?: { hasText?: string | RegExp }): Locator;
  frameLocator(selector: string): FrameLocator;
  addInitScript<Argument>(inPage: (argument: Argument) => void, argument: Argument): Promise<void>;
  addInitScript(inPage: { content: string }): Promise<void>;
  exposeFunction(name: string, callback: (...args: never[]) => unknown): Promise<void>;
  screenshot(options: {
    path: string;
    clip?: { x: number; y: number; width: number; height: number };
  }): Promise<unknown>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  waitForTimeout(milliseconds: number): Promise<void>;
  evaluate<Argument, Result>(
    inPage: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void;
}

export interface Browser {
  newContext(options: {
    viewport: { width: number; height: number };
    deviceScaleFactor?: number;
    reducedMotion?: 'reduce';
    permissions?: string[];
  }): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }>;
  close(): Promise<void>;
}

interface Playwright {
  readonly chromium: {
    launch(options: { executablePath: string; headless: boolean; args: string[] }): Promise<Browser>;
  };
}

/** Loads the library from the harness. */
export function playwright(): Playwright {
  return createRequire(path.join(harness, 'package.json'))('playwright-core') as Playwright;
}
