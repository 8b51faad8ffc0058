import type { Page } from './playwright';

/** What the page sees of itself, as far as the script below needs it. */
interface PageGlobals {
  readonly top: unknown;
  readonly Element: { readonly prototype: PageElement };
}
interface PageElement {
  readonly id: string;
  getAttribute(name: string): string | null;
}
interface WorkbenchConfiguration {
  developmentOptions?: object;
  productConfiguration: Record<string, unknown>;
}

export interface Development {
  /** Folders of extensions that run as they are, without packaging. */
  readonly extensions: readonly string[];
  /** A module that runs inside the extension host: `run(): Promise<void>`. */
  readonly tests?: string;
}

/**
 * Hands the workbench its development extensions. A built workbench takes them from no address and no flag (the flag
 * for smoke tests also hides all toasts), so the options it reads from its own page are changed on the way.
 */
export async function injectDevelopment(page: Page, port: number, { extensions, tests }: Development): Promise<void> {
  const remote = (file: string) => ({ $mid: 1, scheme: 'vscode-remote', authority: `127.0.0.1:${port}`, path: file });
  const developmentOptions = {
    extensions: extensions.map(remote),
    ...(tests ? { extensionTestsPath: remote(tests) } : {}),
  };
  await page.addInitScript((options) => {
    const globals = globalThis as unknown as PageGlobals;
    if (globals.top !== globals) return;
    const element = globals.Element.prototype;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its element below
    const original = element.getAttribute;
    element.getAttribute = function (this: PageElement, name: string) {
      const value = original.call(this, name);
      if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || !value) return value;
      const configuration = JSON.parse(value) as WorkbenchConfiguration;
      configuration.developmentOptions = { ...configuration.developmentOptions, ...options };
      // A gallery, an update server and a service worker would only ask the network.
      for (const key of ['extensionsGallery', 'updateEndpoint', 'serviceWorker']) {
        delete configuration.productConfiguration[key];
      }
      return JSON.stringify(configuration);
    };
  }, developmentOptions);
}
