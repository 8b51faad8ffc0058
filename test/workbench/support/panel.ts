import { peakOf, type Place } from './cam';
import type { FrameLocator, Locator } from './playwright';
import type { Workbench } from './workbench';

/** The panel as a user sees it. */
export class Panel {
  constructor(private readonly workbench: Workbench) {}

  get page(): FrameLocator {
    return this.workbench.webview();
  }

  locator(selector: string, hasText?: string | RegExp): Locator {
    return this.page.locator(selector, hasText === undefined ? {} : { hasText });
  }

  /** Waits until the maps of this picture are on the screen. */
  async shows(name: string): Promise<void> {
    await this.locator('header .name', name).waitFor();
    await this.ready();
  }

  /** Waits until the maps of all words are on the screen. */
  async ready(): Promise<void> {
    await this.locator('.cam[data-state=ready]').waitFor({ timeout: 60_000 });
  }

  words(): Promise<string[]> {
    return this.locator('.chip .word').allInnerTexts();
  }

  map(word: string): Locator {
    return this.locator(`canvas.map[data-prompt="${word}"]`);
  }

  /** The sentence that says what went wrong. */
  async problem(): Promise<string> {
    const alert = this.locator('.notice [role=alert]');
    await alert.waitFor();
    return alert.innerText();
  }

  /** Chooses from one of the header's lists. */
  async choose(list: 'Method' | 'Size' | 'Shape', option: string): Promise<void> {
    const dropdown = this.locator(`vscode-dropdown[aria-label="${list}"]`);
    await dropdown.click();
    await dropdown.locator(`vscode-option[aria-label^="${option}"]`).click();
    await this.ready();
  }

  button(label: string): Locator {
    return this.locator(`vscode-button[aria-label="${label}"]`);
  }

  /** One line of the list behind the device: how the maps were made. */
  provenance(label: string): Promise<string | null> {
    return this.locator(`#provenance dt:text-is("${label}") + dd`).textContent();
  }

  /** Where a word's map is highest. */
  peak(word: string): Promise<Place> {
    return peakOf(this.locator('.cam'), word);
  }
}
