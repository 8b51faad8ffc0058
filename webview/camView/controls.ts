import { t } from '@vscode/l10n';
import { COLOR_MAPS, colorTable, type ColorMapName } from '../../src/heatmap/colorMap';
import type { Range } from '../../src/heatmap/scale';
import { element, setText } from './dom';
import type { Look } from './look';
import { colorMapText } from './texts';

const RAMP = 256;

/** The row below the tiles: opacity, threshold, scale, view, colour bar and colour map. */
export class Controls {
  readonly element: HTMLElement;
  private readonly opacity = slider();
  private readonly threshold = slider();
  private readonly scale: Segments<Look['scale']>;
  private readonly view: Segments<Look['view']>;
  private readonly ramp = element('canvas', { class: 'ramp', width: String(RAMP), height: '1', 'aria-hidden': 'true' });
  private readonly low = element('span', { class: 'low' });
  private readonly high = element('span', { class: 'high' });
  private readonly legend = element('span', { class: 'legend', role: 'img' }, this.low, this.ramp, this.high);
  private readonly colorMap = element('select', { 'aria-label': t('colour map') });

  constructor(
    private look: Look,
    private readonly onLook: (look: Look) => void,
  ) {
    this.scale = segments(t('scale'), [
      ['word', t('per word'), t('every word from its own lowest to its own highest value')],
      ['shared', t('shared'), t('one lowest and highest value for all words')],
    ]);
    this.view = segments(t('view'), [
      ['smooth', t('smooth'), t('interpolated between patches')],
      ['patches', t('patches'), t('the grid as the model sees it')],
    ]);
    for (const name of COLOR_MAPS) this.colorMap.append(element('option', { value: name }, colorMapText(name)));
    this.element = element(
      'div',
      { class: 'controls' },
      element('label', {}, element('span', {}, t('opacity')), this.opacity),
      element('label', {}, element('span', {}, t('threshold')), this.threshold),
      this.scale.element,
      this.view.element,
      element('div', { class: 'colors' }, this.legend, this.colorMap),
    );
    this.opacity.oninput = () => this.change({ opacity: this.opacity.valueAsNumber / 100 });
    this.threshold.oninput = () => this.change({ threshold: this.threshold.valueAsNumber / 100 });
    this.scale.onChoice = (scale) => this.change({ scale });
    this.view.onChoice = (view) => this.change({ view });
    this.colorMap.onchange = () => this.change({ colorMap: this.colorMap.value as ColorMapName });
    this.setLook(look);
  }

  setLook(look: Look): void {
    this.look = look;
    for (const [input, share] of [
      [this.opacity, look.opacity],
      [this.threshold, look.threshold],
    ] as const) {
      const percent = Math.round(share * 100);
      input.value = String(percent);
      input.title = t('{0} %', percent);
      input.style.setProperty('--share', `${percent}%`);
      input.setAttribute('aria-valuetext', input.title);
    }
    this.scale.choose(look.scale);
    this.view.choose(look.view);
    this.colorMap.value = look.colorMap;
    this.paintRamp();
  }

  /** Prints the range of the scale in use. `shared` is undefined while there are no maps. */
  setRange(shared: Range | undefined): void {
    const isShared = this.look.scale === 'shared' && shared;
    setText(this.low, isShared ? shared.min.toFixed(3) : '0');
    setText(this.high, isShared ? shared.max.toFixed(3) : '1');
    this.legend.title = isShared
      ? t('shared: one lowest and highest similarity over all shown words')
      : t('per word: heights of different words are not comparable');
    this.legend.setAttribute(
      'aria-label',
      t('colour bar from {0} to {1}, {2}', this.low.textContent, this.high.textContent, this.legend.title),
    );
  }

  private change(part: Partial<Look>): void {
    this.setLook({ ...this.look, ...part });
    this.onLook(this.look);
  }

  /** Heights below the threshold are left out, as they are in the maps. */
  private paintRamp(): void {
    const context = this.ramp.getContext('2d');
    if (!context) return;
    const pixels = context.createImageData(RAMP, 1);
    const table = colorTable(this.look.colorMap);
    for (let i = 0; i < RAMP; i++) {
      const alpha = i / (RAMP - 1) < this.look.threshold ? 0 : 255;
      pixels.data.set([...table.subarray(i * 3, i * 3 + 3), alpha], i * 4);
    }
    context.putImageData(pixels, 0, 0);
  }
}

function slider(): HTMLInputElement {
  return element('input', { type: 'range', min: '0', max: '100', step: '1' });
}

interface Segments<Choice extends string> {
  readonly element: HTMLElement;
  choose(choice: Choice): void;
  onChoice: (choice: Choice) => void;
}

/** A few choices side by side: radio buttons, so that arrow keys and screen readers know them. */
function segments<Choice extends string>(
  label: string,
  choices: readonly (readonly [value: Choice, text: string, title: string])[],
): Segments<Choice> {
  const inputs = choices.map(([value]) => element('input', { type: 'radio', name: 'choice', value }));
  const options = choices.map(([, text, title], i) =>
    element('label', { title }, inputs[i]!, element('span', {}, text)),
  );
  const made: Segments<Choice> = {
    // Names of radio buttons are private to their form.
    element: element(
      'form',
      { class: 'segments', role: 'radiogroup', 'aria-label': label },
      element('span', { 'aria-hidden': 'true' }, label),
      element('span', { class: 'choices' }, ...options),
    ),
    choose: (choice) => inputs.forEach((input) => (input.checked = input.value === choice)),
    onChoice: () => undefined,
  };
  for (const input of inputs) input.onchange = () => made.onChoice(input.value as Choice);
  return made;
}
