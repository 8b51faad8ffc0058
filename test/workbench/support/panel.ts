import type { FrameLocator, Locator } from './playwright';
import type { Workbench } from './workbench';

/** A place in a picture, in shares of its width and height. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What the page's canvases are, as far as the pixels are concerned. */
interface PageCanvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } };
}
interface PageElement {
  querySelectorAll(selector: string): ArrayLike<PageCanvas & { dataset: { prompt: string }; valueAsNumber: number }>;
}

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

  /**
   * Where the pixels say that a word's map is highest: the heat is what the mix of picture and colours shows more than
   * the picture. Viridis gets greener all the way up, so green is height.
   */
  peak(word: string): Promise<Place> {
    return this.locator('.cam').evaluate((cam: PageElement, prompt: string): Place => {
      const map = Array.from(cam.querySelectorAll('canvas.map')).find((canvas) => canvas.dataset.prompt === prompt)!;
      const opacity = cam.querySelectorAll('input[type=range]')[0]!.valueAsNumber / 100;
      const pixels = (canvas: PageCanvas) =>
        canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      const [mixed, plain] = [pixels(map), pixels(cam.querySelectorAll('canvas.picture')[0]!)];
      let [best, highest] = [0, -Infinity];
      for (let green = 1; green < mixed.length; green += 4) {
        const height = mixed[green]! - (1 - opacity) * plain[green]!;
        if (height > highest) [best, highest] = [(green - 1) / 4, height];
      }
      return { x: ((best % map.width) + 0.5) / map.width, y: (Math.floor(best / map.width) + 0.5) / map.height };
    }, word);
  }
}
