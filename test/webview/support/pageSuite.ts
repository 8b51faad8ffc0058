import assert from 'node:assert/strict';
import { launchBrowser, type Browser } from './browser';
import type { ServedPage } from './servedPage';

/** One browser for the tests of a suite, and a page for each. */
export class PageSuite<Page extends ServedPage, Options> {
  private browser: Browser | undefined;
  private opened: Page | undefined;

  constructor(private readonly openPage: (browser: Browser, options?: Options) => Promise<Page>) {}

  /** The page that the test has opened. */
  get page(): Page {
    assert.ok(this.opened, 'the test has opened no page');
    return this.opened;
  }

  /** @returns false where there is no browser */
  async launch(): Promise<boolean> {
    this.browser = await launchBrowser();
    return this.browser !== undefined;
  }

  /** A page instead of the one before. */
  readonly open = async (options?: Options): Promise<Page> => {
    await this.close();
    return (this.opened = await this.openPage(this.browser!, options));
  };

  /** Whatever a test does, the page must not try what its policy forbids. */
  async close(): Promise<void> {
    const page = this.opened;
    this.opened = undefined;
    const violations = await page?.violations();
    await page?.close();
    assert.deepEqual(violations ?? [], []);
  }

  quit(): Promise<void> | undefined {
    return this.browser?.close();
  }
}

/** Tests of pages; skipped where there is no browser. */
export function describePages<Suite extends PageSuite<ServedPage, never>>(
  title: string,
  suite: Suite,
  define: (suite: Suite) => void,
): void {
  describe(title, function () {
    this.timeout(60_000);
    before(async function () {
      if (await suite.launch()) return;
      console.log('      no browser, or the harness is not installed: the page is not tested');
      this.skip();
    });
    afterEach(() => suite.close());
    after(() => suite.quit());
    define(suite);
  });
}
