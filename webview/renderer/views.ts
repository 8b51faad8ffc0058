import { t } from '@vscode/l10n';
import type { Explanation, MethodName } from '../../src/protocol/explanation';
import { CamView } from '../camView/camView';
import { Controls } from '../camView/controls';
import { element, setText } from '../camView/dom';
import type { Look } from '../camView/look';
import type { Picture } from '../camView/picture';
import { methodText, rangeText } from '../camView/texts';
import type { WordLooks } from '../camView/wordLooks';

/** What all views of an output show. */
export interface ViewsModel {
  readonly picture: Picture;
  readonly words: readonly string[];
  readonly methods: readonly MethodName[];
  readonly explanations: readonly Explanation[];
  readonly stage: string | undefined;
  readonly hasFailed: boolean;
}

interface ViewsOptions {
  readonly look: Look;
  readonly looks: WordLooks;
  readonly tilesHeight: number;
  readonly onLook: (look: Look) => void;
  readonly onHot: (index: number | undefined) => void;
}

interface View {
  readonly cam: CamView;
  readonly heading: HTMLElement;
  readonly element: HTMLElement;
}

/** One view per method, side by side, and one row of controls for all of them. */
export class Views {
  readonly element = element('div', { class: 'views' });
  readonly #methods = element('div', { class: 'methods' });
  readonly #views = new Map<MethodName, View>();
  #controls: Controls | undefined;
  #look: Look;
  #tilesHeight: number;
  readonly #options: ViewsOptions;

  constructor(options: ViewsOptions) {
    this.#options = options;
    this.#look = options.look;
    this.#tilesHeight = options.tilesHeight;
  }

  /** Shows this. @returns why it cannot be drawn, if so */
  show({ picture, words, methods, explanations, stage, hasFailed }: ViewsModel): string | undefined {
    if ([...this.#views.keys()].join() !== methods.join()) this.#arrange(methods);
    for (const [method, { cam, heading }] of this.#views) {
      const explanation = explanations.find((one) => one.method.name === method);
      cam.show({ picture, words, explanation, stage, failed: hasFailed });
      if (cam.problemText) return cam.problemText;
      setText(heading, explanation ? methodText(explanation.method) : '');
      if (cam.range) heading.title = t('similarities {0}', rangeText(cam.range));
    }
    return undefined;
  }

  /** The word of the tile that is large or has the focus, in any view. */
  get current(): string | undefined {
    return this.cams.map((cam) => cam.current).find((word) => word !== undefined);
  }

  get cams(): readonly CamView[] {
    return [...this.#views.values()].map(({ cam }) => cam);
  }

  setHot(index: number | undefined): void {
    for (const cam of this.cams) cam.setHot(index);
  }

  setTilesHeight(height: number): void {
    this.#tilesHeight = height;
    for (const cam of this.cams) cam.setTilesHeight(height);
  }

  dispose(): void {
    for (const cam of this.cams) cam.dispose();
    this.#views.clear();
    this.element.remove();
  }

  #arrange(methods: readonly MethodName[]): void {
    const hasSeveral = methods.length > 1;
    for (const cam of this.cams) cam.dispose();
    this.#views.clear();
    this.#controls = hasSeveral ? this.#sharedControls() : undefined;
    for (const method of methods) this.#views.set(method, this.#view(hasSeveral));
    this.#methods.replaceChildren(...[...this.#views.values()].map((view) => view.element));
    this.element.replaceChildren(this.#methods);
    // Its class brings the style that the controls have in a view of their own.
    if (this.#controls) this.element.append(element('div', { class: 'cam shared' }, this.#controls.element));
  }

  #view(sharesControls: boolean): View {
    const { looks, onHot } = this.#options;
    const cam = new CamView({
      ...{ look: this.#look, looks, sharesControls, tilesHeight: this.#tilesHeight, onHot },
      onLook: (look) => this.#remember(look),
      onZoom: (scale) => this.#controls?.setZoom(scale),
    });
    const heading = element('h4');
    heading.hidden = !sharesControls;
    return { cam, heading, element: element('section', { class: 'method' }, heading, cam.element) };
  }

  #sharedControls(): Controls {
    return new Controls(this.#look, {
      onLook: (look) => {
        for (const cam of this.cams) cam.setLook(look);
        this.#remember(look);
      },
      onZoom: (by) => this.cams.forEach((cam) => cam.zoom.step(by)),
    });
  }

  #remember(look: Look): void {
    this.#look = look;
    this.#options.onLook(look);
  }
}
