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
    return this.workbench.page.locator('.notebookOverlay:visible .cell-list-container .monaco-list-row').nth(index);
  }

  async open(file: string): Promise<void> {
    await this.workbench.openFile(file);
    await this.cell(0).waitFor({ state: 'attached' }); // Markdown cells are drawn elsewhere
  }

  /** The output that shows this word. The document of the outputs has them in no certain order once a file is reopened. */
  outputOf(word: string): Output {
    return new Output(this.workbench, this.outputs.locator('.clip-surgery-output', { hasText: word }).first());
  }

  /** One of our outputs, in the order in which they came. */
  output(index: number): Output {
    return new Output(this.workbench, this.outputs.locator('.clip-surgery-output').nth(index));
  }

  /** Waits until there are so many of our outputs, and none is in work. */
  async ready(count: number): Promise<void> {
    await this.output(count - 1).element.waitFor({ state: 'attached', timeout: 60_000 });
    await this.outputs.locator('.cam[data-state=working]').first().waitFor({ state: 'detached', timeout: 60_000 });
  }
}

/** One output's maps. */
export class Output {
  constructor(
    private readonly workbench: Workbench,
    readonly element: Locator,
  ) {}

  /** The maps of the first method. */
  get cam(): Locator {
    return this.element.locator('.method .cam').first();
  }

  peak(word: string): Promise<Place> {
    return peakOf(this.cam, word);
  }

  map(word: string): Locator {
    return this.element.locator(`canvas.map[data-prompt="${word}"]`).first();
  }

  words(): Promise<string[]> {
    return this.element.locator('.chip .word').allInnerTexts();
  }

  button(label: string): Locator {
    return this.element.locator('button', { hasText: label }).first();
  }

  /** Brings it into sight and waits until its maps are drawn. */
  async reveal(): Promise<void> {
    await this.element.evaluate((element: { scrollIntoView(): void }) => element.scrollIntoView());
    await this.element.locator('.method .cam[data-state=ready]').first().waitFor();
  }

  /** Writes a word in place of another one. */
  async rename(word: string, other: string): Promise<void> {
    const { keyboard } = this.workbench.page;
    await this.element.locator('.chip .word', { hasText: word }).click();
    await this.element.locator('.chip input').waitFor();
    await keyboard.press('Control+A');
    await keyboard.type(other);
    await keyboard.press('Enter');
  }
}
