import { t } from '@vscode/l10n';
import type { Explanation } from '../../src/protocol/explanation';
import { element, setText } from '../camView/dom';
import { provenance } from '../camView/provenance';
import { setMenuContext } from './contextMenu';

const GAP = 4;

/** What computed the maps, in a few letters; a click opens all that is known of how they were made. */
export class DeviceLine {
  readonly element: HTMLElement;
  private readonly button = element('button', {
    class: 'device',
    type: 'button',
    popovertarget: 'provenance',
    'aria-haspopup': 'dialog',
    title: t('How these maps were made'),
  });
  private readonly lines = element('dl');
  private readonly popover = element(
    'div',
    // With the focus in it, arrow keys scroll a long one; Escape gives the focus back.
    { id: 'provenance', popover: '', role: 'dialog', tabindex: '-1', autofocus: '' },
    this.lines,
  );

  constructor() {
    this.popover.setAttribute('aria-label', this.button.title);
    this.popover.addEventListener('beforetoggle', () => this.place());
    setMenuContext(this.popover, { preventDefaultContextMenuItems: false });
    this.element = element('span', { class: 'device-line' }, this.button, this.popover);
  }

  set hidden(isHidden: boolean) {
    this.element.hidden = isHidden;
  }

  set(device: string, explanation: Explanation | undefined): void {
    setText(this.button, device);
    this.button.disabled = !explanation;
    const lines = explanation ? provenance(explanation) : [];
    this.lines.replaceChildren(
      ...lines.flatMap(([label, value]) => [element('dt', {}, label), element('dd', {}, value)]),
    );
  }

  /** Below the line, wherever that has wrapped to. */
  private place(): void {
    const top = this.button.getBoundingClientRect().bottom + GAP;
    this.popover.style.top = `${top}px`;
    this.popover.style.maxHeight = `calc(100vh - ${top + 2 * GAP}px)`;
  }
}
