import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from './chromium';
import { injectDevelopment, type Development } from './developmentOptions';
import { isStored } from './editorStorage';
import { output, repository } from './paths';
import { playwright, type FrameLocator, type Locator, type Page } from './playwright';
import { referenceDevice, startServer, type ServerOptions } from './server';

/** Names in the theme picker, and the class that the workbench has then. */
const themes = {
  dark: { label: 'Dark Modern', kind: 'vs-dark' },
  light: { label: 'Light Modern', kind: 'vs' },
  contrast: { label: 'Dark High Contrast', kind: 'hc-black' },
} as const;

/** How long, in milliseconds, to wait for what an extension adds to the workbench. */
const patience = 30_000;

export interface WorkbenchOptions extends ServerOptions {
  /**
   * The folder to show; the window gets a copy, so that no run sees what another one saved. Without its vocabulary:
   * most folders have none.
   */
  readonly workspace: string;
  readonly development?: Development;
  readonly viewport?: { width: number; height: number };
  /** Device pixels per CSS pixel; 2 for pictures to be looked at. */
  readonly scale?: number;
}

/** A real VS Code window in a real browser, with the hands to use it. */
export class Workbench {
  /** The windows that are open now. */
  static readonly opened = new Set<Workbench>();

  private constructor(
    readonly page: Page,
    /** The copy of the workspace that the window shows. */
    readonly folder: string,
    /** What the window's console said. */
    readonly console: readonly string[],
    private readonly end: () => Promise<void>,
  ) {}

  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const server = await startServer({ ...options, settings: { ...referenceDevice, ...options.settings } });
    const closing = [() => server.stop()];
    const end = async () => {
      for (const close of closing.reverse()) await close();
    };
    try {
      const folder = path.join(server.folder, path.basename(options.workspace));
      cpSync(options.workspace, folder, { recursive: true, filter: (file) => !file.endsWith('clip-vocabulary.json') });
      const browser = await launchChromium();
      closing.push(() => browser.close());
      const context = await browser.newContext({
        viewport: options.viewport ?? { width: 1280, height: 800 },
        deviceScaleFactor: options.scale ?? 1,
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const page = await context.newPage();
      const lines: string[] = [];
      page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
      // tsx marks named functions with this helper; functions sent to a page meet it there too.
      await page.addInitScript({ content: 'globalThis.__name ??= (named) => named;' });
      await injectDevelopment(page, server.port, options.development ?? { extensions: [repository] });
      await page.goto(server.address(folder));
      const workbench = new Workbench(page, folder, lines, end);
      Workbench.opened.add(workbench);
      await workbench.ready();
      return workbench;
    } catch (error) {
      await end();
      throw error;
    }
  }

  /**
   * Also asserts that no page of the extension asked for what its content security policy forbids.
   * @param refusals how many a test has caused on purpose
   */
  async close(refusals = 0): Promise<void> {
    Workbench.opened.delete(this);
    await this.end();
    assert.equal(this.refusals().length, refusals, this.refusals().join('\n'));
  }

  /** What the window's console said of requests that a content security policy refused. */
  refusals(): string[] {
    return this.console.filter((line) => line.includes('Content Security Policy'));
  }

  /** Waits until the explorer shows files. */
  async ready(): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
  }

  /**
   * Loads the window anew, as after a restart of the editor. In a browser the editor stores what it remembers every few
   * seconds, when it has nothing else to do: that is waited for.
   * @param remembered texts that stand in the state of an editor
   */
  async reload(remembered: readonly string[] = []): Promise<void> {
    for (const deadline = Date.now() + 2 * patience; !(await this.page.evaluate(isStored, remembered));) {
      if (Date.now() > deadline) throw new Error(`The editor does not store ${remembered.join(' and ')}.`);
      await this.page.waitForTimeout(500);
    }
    await this.page.reload();
    await this.ready();
  }

  /** Runs a command by its title. */
  command(title: string): Promise<void> {
    return this.pick('F1', '>' + title, title);
  }

  /** Opens a file by name; a double click in the explorer could hit a row that moves. */
  async openFile(name: string): Promise<void> {
    await this.pick('Control+P', name, name);
    await this.tab(name).waitFor();
  }

  /**
   * Chooses from a list that a key opens. Tries again: the list is made when it opens, perhaps before a late extension
   * is there, and a webview that loads takes the focus, and with it the key or the open list.
   */
  private async pick(key: string, query: string, label: string): Promise<void> {
    for (const deadline = Date.now() + patience; Date.now() < deadline;) {
      try {
        await this.page.keyboard.press(key);
        await this.quickInput.fill(query, { timeout: 1000 });
        await this.quickPickRow(label).click({ timeout: 1500 });
        return;
      } catch {
        await this.page.keyboard.press('Escape');
      }
    }
    throw new Error(`${key} offers no "${label}".`);
  }

  /** The text field of the palette, of quick picks, input boxes and (in a browser) file dialogs. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible input[type=text]').first();
  }

  quickPickRow(text: string): Locator {
    return this.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: text }).first();
  }

  /** Chooses a file in an open dialog, by a click: Enter takes what the list has selected, which lags behind. */
  openDialog(file: string): Promise<void> {
    return this.fileDialog(file, () => this.quickPickRow(path.basename(file)).click({ timeout: 1000 }));
  }

  /** Names the file in a save dialog. */
  saveAs(file: string): Promise<void> {
    return this.fileDialog(file, () => this.page.keyboard.press('Enter'));
  }

  /**
   * The dialog fills in a folder or a name of its own some time after it opens, and takes nothing while it looks a
   * folder up; so what was typed is looked at again before it is confirmed, and confirmed until the dialog is gone.
   */
  private async fileDialog(file: string, confirm: () => Promise<void>): Promise<void> {
    await this.quickInput.waitFor();
    for (const deadline = Date.now() + patience; await this.quickInput.isVisible();) {
      if (Date.now() > deadline) throw new Error('The file dialog does not close.');
      try {
        await this.quickInput.fill(file, { timeout: 1000 });
        await this.page.waitForTimeout(500);
        if ((await this.quickInput.inputValue({ timeout: 1000 })) !== file) continue;
        await confirm();
        await this.quickInput.waitFor({ state: 'hidden', timeout: 1000 });
      } catch {
        // Not yet.
      }
    }
  }

  explorerFile(name: string): Locator {
    return this.page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`).first();
  }

  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name }).first();
  }

  /** A button in the title of the active editor group. */
  editorButton(label: string): Locator {
    return this.page.locator(`.editor-actions .action-label[aria-label^="${label}"]`).first();
  }

  /** Right-clicks and chooses. */
  async contextMenu(target: Locator, label: string): Promise<void> {
    const item = this.menuItem(label);
    for (const deadline = Date.now() + patience; ;) {
      await target.click({ button: 'right' });
      // Like the palette's list, a menu is made when it opens.
      if (await appears(item, 1500)) break;
      await this.page.keyboard.press('Escape');
      if (Date.now() > deadline) throw new Error(`The context menu has no item "${label}".`);
    }
    await this.page.waitForTimeout(250); // a click that comes right after the menu opens would be dropped
    await item.click();
  }

  menuItem(label: string): Locator {
    return this.page.locator('.monaco-menu .action-item', { hasText: label }).first();
  }

  toast(text: string): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  }

  statusBarItem(text: string): Locator {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  /** The document inside the webview in sight: of this extension, unless another one is named. */
  webview(extension = 'clip-surgery.clip-surgery'): FrameLocator {
    return this.page
      .frameLocator(`iframe.webview.ready[src*="extensionId=${extension}"]:visible`)
      .frameLocator('iframe#active-frame');
  }

  async theme(name: keyof typeof themes): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.quickInput.fill(themes[name].label);
    await this.quickPickRow(themes[name].label).click();
    await this.page.locator(`.monaco-workbench.${themes[name].kind}`).waitFor();
    await this.page.waitForTimeout(500); // webviews hear of it a little later
  }

  /** Writes a picture of the window, or of a part of it, to the output folder; answers its path. */
  async screenshot(name: string, clip?: { x: number; y: number; width: number; height: number }): Promise<string> {
    const file = path.join(output, `${name}.png`);
    mkdirSync(output, { recursive: true });
    await this.page.screenshot({ path: file, ...(clip ? { clip } : {}) });
    return file;
  }
}

export async function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium was found.');
  const args = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
  if (process.getuid?.() === 0) args.push('--no-sandbox'); // Chromium refuses to run as root with it
  return playwright().chromium.launch({ executablePath, headless: true, args: [...args, '--disable-gpu'] });
}

function appears(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}
