import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { colorTable } from '../../../src/heatmap/colorMap';
import type { Explanation } from '../../../src/protocol/explanation';
import type { ExplanationOutput } from '../../../src/protocol/notebook';
import { explanation } from './explanation';
import { describePages, PageSuite } from './pageSuite';
import { RendererPage, type RendererOptions } from './rendererPage';

export const WORDS = ['red circle', 'blue square'];
export const HELLO = { type: 'hello', sizes: [64, 96, 192], defaultSide: 64 } as const;
export const PATH = 'scenes/two halves.png';
export const MAP = "canvas.map[data-prompt='red circle']";
export const TOP = [...colorTable('viridis').subarray(765)];

/** Outputs of a notebook with a picture beside it: left half red, right half blue. */
export class RendererSuite extends PageSuite<RendererPage, RendererOptions> {
  private picture = Buffer.alloc(0);
  /** Base64 of the same picture, but green on the right. */
  thumbnail = '';

  constructor() {
    super((browser, options) => RendererPage.open(browser, { files: { [PATH]: this.picture }, ...options }));
  }

  override async launch(): Promise<boolean> {
    const halves = (right: string) =>
      sharp({ create: { width: 80, height: 40, channels: 3, background: right } }).composite([
        { input: { create: { width: 40, height: 40, channels: 3, background: '#c80000' } }, left: 0, top: 0 },
      ]);
    this.picture = await halves('#0000c8').png().toBuffer();
    this.thumbnail = (await halves('#00c800').webp({ lossless: true }).toBuffer()).toString('base64');
    return super.launch();
  }

  /** Highest in the top left of four patches, on the picture that is served. */
  readonly record = (method: Partial<Explanation['method']> = {}, words: readonly string[] = WORDS): Explanation => {
    const maps = Object.fromEntries(words.map((word, i) => [word, [0.3, 0.1, 0.1, 0.1 + i / 100]]));
    const made = explanation(maps, 2, 2, method);
    const sha256 = createHash('sha256').update(this.picture).digest('hex');
    const image = { path: PATH, width: 80, height: 40, sha256 };
    return { ...made, image, encoded: { width: 64, height: 64 } };
  };

  readonly output = (part: Partial<ExplanationOutput> = {}): ExplanationOutput => ({
    ...{ version: 1, id: 'one', explanations: [this.record()] },
    ...part,
  });

  readonly text = (id: string, selector: string) =>
    this.page.page.evaluate<string>(`out('${id}').querySelector('${selector}')?.textContent ?? ''`);

  readonly count = (id: string, selector: string) =>
    this.page.page.evaluate<number>(`out('${id}')?.querySelectorAll('${selector}').length ?? 0`);

  readonly click = async (id: string, selector: string) => {
    await this.page.page.evaluate(`out('${id}').querySelector('${selector}').click()`);
    await this.page.settle();
  };

  /** A page with one output, drawn, and an extension that answered. */
  readonly live = async (): Promise<RendererPage> => {
    const page = await this.open();
    await page.render('a', this.output());
    await page.ready('a');
    await page.send(HELLO);
    await page.posted();
    return page;
  };
}

/** Tests of notebook outputs. */
export function describeRenderer(title: string, define: (suite: RendererSuite) => void): void {
  describePages(title, new RendererSuite(), define);
}
