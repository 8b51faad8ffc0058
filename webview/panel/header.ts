import { t } from '@vscode/l10n';
import type { Explanation, MethodName } from '../../src/protocol/explanation';
import { element, setText } from '../camView/dom';
import { provenance } from '../camView/texts';
import { button, dropdown, iconButton, progressRing } from './toolkit';

interface HeaderEvents {
  method(method: MethodName): void;
  go(by: 1 | -1): void;
  cancel(): void;
}

/** The first row: which picture, which method, and at the right what goes on or what computed it. */
export class Header {
  readonly element: HTMLElement;
  private readonly name = element('span', { class: 'name' });
  private readonly size = element('span', { class: 'dim' });
  private readonly count = element('span', { class: 'dim' });
  private readonly previous;
  private readonly next;
  private readonly walk: HTMLElement;
  private readonly method;
  private readonly stage = element('span', { class: 'stage-text', role: 'status' });
  private readonly working: HTMLElement;
  private readonly device = element('button', { class: 'device', type: 'button', popovertarget: 'provenance' });
  private readonly provenance = element('dl', { id: 'provenance', popover: '' });

  constructor(on: HeaderEvents) {
    this.previous = iconButton('chevron-left', t('Previous picture'), () => on.go(-1));
    this.next = iconButton('chevron-right', t('Next picture'), () => on.go(1));
    this.walk = element('span', { class: 'walk', hidden: '' }, this.previous, this.count, this.next);
    this.method = dropdown(
      t('Method'),
      [
        ['clip-surgery', t('Surgery')],
        ['raw', t('Raw CLIP')],
      ],
      (value) => on.method(value as MethodName),
    );
    const cancel = button(t('Cancel'), 'secondary', () => on.cancel());
    this.working = element('span', { class: 'working', hidden: '' }, progressRing(), this.stage, cancel);
    this.device.title = t('How these maps were made');
    this.element = element(
      'header',
      {},
      this.name,
      this.size,
      this.method,
      this.walk,
      element('span', { class: 'right' }, this.working, this.device),
      this.provenance,
    );
  }

  setPicture(name: string, label: string, width: number, height: number): void {
    setText(this.name, name);
    this.name.title = label;
    setText(this.size, `${width} × ${height}`);
  }

  setCount(index: number, count: number): void {
    this.walk.hidden = count < 2;
    setText(this.count, t('{0} of {1}', index + 1, count));
    this.previous.disabled = index === 0;
    this.next.disabled = index === count - 1;
  }

  setMethod(method: MethodName): void {
    this.method.value = method;
  }

  /** Takes the place of the device while there is work. */
  setStage(stage: string | undefined): void {
    this.working.hidden = stage === undefined;
    this.device.hidden = stage !== undefined;
    setText(this.stage, stage ?? '');
  }

  setDevice(device: string, explanation: Explanation | undefined): void {
    setText(this.device, device);
    this.device.disabled = !explanation;
    const lines = explanation ? provenance(explanation) : [];
    this.provenance.replaceChildren(
      ...lines.flatMap(([label, value]) => [element('dt', {}, label), element('dd', {}, value)]),
    );
  }
}
