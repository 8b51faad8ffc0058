import { t } from '@vscode/l10n';
import { colorTable } from '../../src/heatmap/colorMap';
import type { Range } from '../../src/heatmap/scale';
import { element, setText } from './dom';
import type { Look } from './look';
import { legendTexts } from './texts';

const LENGTH = 256;

/**
 * The colours from the lowest to the highest height, one pixel high. As in the maps, those below the
 * threshold are left out, and blending by value fades them.
 */
export function colorBar({ colorMap, threshold, blending }: Look): ImageData {
  const pixels = new ImageData(LENGTH, 1);
  const table = colorTable(colorMap);
  for (let i = 0; i < LENGTH; i++) {
    const height = i / (LENGTH - 1);
    const alpha = height < threshold ? 0 : blending === 'value' ? 255 * height : 255;
    pixels.data.set([...table.subarray(i * 3, i * 3 + 3), alpha], i * 4);
  }
  return pixels;
}

/** The colour bar with the range and the rule of the scale in use. */
export class Legend {
  readonly element: HTMLElement;
  readonly #bar = element('canvas', {
    class: 'ramp',
    width: String(LENGTH),
    height: '1',
    'aria-hidden': 'true',
  });
  readonly #low = element('span', { class: 'low' });
  readonly #high = element('span', { class: 'high' });
  readonly #rule = element('span', { class: 'rule' });

  constructor() {
    this.element = element('span', { class: 'legend', role: 'img' }, this.#low, this.#bar, this.#high, this.#rule);
  }

  /** @param shared undefined while there are no maps */
  show(look: Look, shared: Range | undefined): void {
    const { low, high, rule } = legendTexts(look, shared);
    setText(this.#low, low);
    setText(this.#high, high);
    setText(this.#rule, rule);
    const meaning = [
      look.scale === 'shared'
        ? t('shared: one lowest and highest similarity over all shown words')
        : t(
            'per word: from the lowest to the highest similarity of each; heights of different words are not comparable',
          ),
      ...(look.blending === 'value' ? [t('opacity follows the value')] : []),
      ...(look.threshold > 0 ? [t('nothing below {0} of the range', look.threshold.toFixed(2))] : []),
    ].join('; ');
    this.element.title = meaning;
    this.element.setAttribute('aria-label', t('colour bar from {0} to {1}, {2}', low, high, meaning));
    this.#bar.getContext('2d')?.putImageData(colorBar(look), 0, 0);
  }
}
