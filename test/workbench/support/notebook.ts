import { peakOf, type Place } from './cam';
import type { FrameLocator, Locator } from './playwright';
import type { Workbench } from './workbench';

/** The notebook editor in sight, as a user sees it. */
export class Notebook {
  constructor(private readonly workbench: Workbench) {}

  /** All outputs of a notebook share one document. */
  get outputs(): FrameLocator {
    return this.workbench.page
      .frameLocator('iframe.webview.ready[src*="purpose=notebookRenderer"]:visible')
      .frameLocator('iframe#active-frame');
  }

  cell(index: number): Locator {
    return this.workbench.page.locator('.notebookOverlay:visible .monaco-list-row').nth(index);
  }

  async open(file: string): Promise<void> {
    await this.workbench.openFile(file);
    await this.cell(0).waitFor();
  }

  /** The maps of one output, from the top. */
  output(index: number): Output {
    return new Output(this.outputs.locator('.cam').nth(index));
  }

  /** Waits until so many outputs have drawn all their maps, or wait to come into sight. */
  async ready(count: number): Promise<void> {
    await this.outputs.locator('.clip-output').nth(count - 1).waitFor({ state: 'attached', timeout: 60_000 });
    await this.outputs.locator('.cam[data-state=working]').first().waitFor({ state: 'detached', timeout: 60_000 });
  }
}

/** One output's maps. */
export class Output {
  constructor(readonly cam: Locator) {}

  peak(word: string): Promise<Place> {
    return peakOf(this.cam, word);
  }

  map(word: string): Locator {
    return this.cam.locator(`canvas.map[data-prompt="${word}"]`);
  }
}
