import { t } from '@vscode/l10n';
import { providerName } from '../../src/protocol/execution';
import type { Explanation } from '../../src/protocol/explanation';
import { element, setText } from '../camView/dom';
import { methodText } from '../camView/texts';

/**
 * What computed the maps, in a few letters; a click opens all that is known of how they were made. What says that is a
 * file of its own: most readers of a notebook never ask.
 */
export class ProvenanceButton {
  readonly element: HTMLElement;
  readonly #button = element('button', {
    class: 'device',
    type: 'button',
    'aria-haspopup': 'dialog',
    title: t('How these maps were made'),
  });
  readonly #popover = element('div', { class: 'provenance', popover: '', role: 'dialog', tabindex: '-1' });
  #explanations: readonly Explanation[] = [];

  constructor() {
    this.#popover.setAttribute('aria-label', this.#button.title);
    this.#button.popoverTargetElement = this.#popover;
    this.#popover.onbeforetoggle = (event) => void (event.newState === 'open' && this.#fill());
    this.element = element('span', { class: 'device-line' }, this.#button, this.#popover);
  }

  set(explanations: readonly Explanation[]): void {
    const [first] = explanations;
    this.#explanations = explanations;
    setText(this.#button, first ? `${providerName(first.provider)} · ${timeText(explanations)}` : '');
    if (this.#popover.matches(':popover-open')) void this.#fill();
  }

  async #fill(): Promise<void> {
    const { provenance } = await import('../camView/provenance');
    this.#popover.replaceChildren(
      ...this.#explanations.flatMap((one) => {
        const lines = provenance(one).flatMap(([label, value]) => [element('dt', {}, label), element('dd', {}, value)]);
        return [
          ...(this.#explanations.length > 1 ? [element('h5', {}, methodText(one.method))] : []),
          element('dl', {}, ...lines),
        ];
      }),
    );
  }
}

function timeText(explanations: readonly Explanation[]): string {
  const total = explanations.reduce((sum, { timings }) => sum + timings.total, 0);
  return t('{0} ms', Math.round(total));
}
