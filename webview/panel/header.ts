import { t } from '@vscode/l10n';
import type { PanelPlace } from '../../src/protocol/panel';
import { element, setText } from '../camView/dom';
import { openMenuBelow, setMenuContext } from './contextMenu';
import { DeviceLine } from './deviceLine';
import './header.css';
import { Passing } from './passing';
import { button, iconButton, progressRing } from './toolkit';

interface HeaderEvents {
  walk(by: 1 | -1): void;
  cancel(): void;
  pin(isPinned: boolean): void;
  copy(): void;
  save(): void;
}

/** The first row: which picture, made how, what goes on or what computed it, and what can be done with it. */
export class Header {
  readonly element: HTMLElement;
  readonly device = new DeviceLine();
  readonly passing = new Passing();
  private readonly name = element('span', { class: 'name' });
  private readonly size = element('span', { class: 'size dim' });
  private readonly back;
  private readonly forward;
  private readonly pin;
  private readonly copy;
  private readonly save;
  private readonly stage = element('span', { class: 'stage-text', role: 'status' });
  private readonly working: HTMLElement;
  private isPinned = false;

  constructor(settings: HTMLElement, on: HeaderEvents) {
    this.back = iconButton('arrow-left', t('Back'), () => on.walk(-1), t('Back to the picture before (Alt+Left)'));
    this.forward = iconButton('arrow-right', t('Forward'), () => on.walk(1), t('Forward again (Alt+Right)'));
    this.pin = iconButton(
      'pin',
      t('Keep this panel'),
      () => on.pin(!this.isPinned),
      t('Keep this panel: the next image opens another one'),
    );
    this.copy = iconButton(
      'copy',
      t('Copy as a picture'),
      () => on.copy(),
      t('Copy as a picture: the large tile, or all (Ctrl+C)'),
    );
    this.save = iconButton(
      'save',
      t('Save as a picture'),
      () => on.save(),
      t('Save as a picture: the large tile, or all'),
    );
    const more = iconButton('ellipsis', t('More actions'), () => openMenuBelow(more.element));
    more.element.setAttribute('aria-haspopup', 'menu');
    setMenuContext(more.element, { webviewSection: 'more', preventDefaultContextMenuItems: true });
    const cancel = button(t('Cancel'), 'secondary', () => on.cancel());
    this.working = element('span', { class: 'working', hidden: '' }, progressRing(), this.stage, cancel);
    this.element = element(
      'header',
      {},
      element('span', { class: 'walk' }, this.back.element, this.forward.element),
      element('span', { class: 'title' }, this.name, this.size),
      settings,
      element('span', { class: 'status' }, this.working, this.device.element),
      element('span', { class: 'actions' }, this.pin.element, this.copy.element, this.save.element, more.element),
      this.passing.element,
    );
    this.setPlace({ canGoBack: false, canGoForward: false, isPinned: false });
    this.setTakeable(false);
  }

  /** Without a picture the row is empty, but what was done in passing can still be said there. */
  setBare(isBare: boolean): void {
    this.element.classList.toggle('bare', isBare);
  }

  /** @param label where the picture is, for the tooltip; `size` left out: not known yet */
  setPicture(name: string, label: string, size?: { readonly width: number; readonly height: number }): void {
    setText(this.name, name);
    this.name.title = label;
    setText(this.size, size ? `${size.width} × ${size.height}` : '');
  }

  setPlace({ canGoBack, canGoForward, isPinned }: Omit<PanelPlace, 'images' | 'index'>): void {
    const ends = [
      [this.back.element, canGoBack, this.forward.element],
      [this.forward.element, canGoForward, this.back.element],
    ] as const;
    const focused = document.activeElement;
    for (const [target, isOpen] of ends) target.disabled = !isOpen;
    // A button that is no longer of use loses the focus: the other one is where the keys go on.
    for (const [target, isOpen, other] of ends) if (target === focused && !isOpen) other.focus();
    this.isPinned = isPinned;
    this.pin.setIcon(isPinned ? 'pinned' : 'pin');
    this.pin.element.setAttribute('aria-pressed', String(isPinned));
  }

  /** Whether there is something to copy and to save. */
  setTakeable(isTakeable: boolean): void {
    this.copy.element.disabled = this.save.element.disabled = !isTakeable;
  }

  /** Takes the place of the device while there is work. */
  setStage(stage: string | undefined): void {
    this.working.hidden = stage === undefined;
    this.device.hidden = stage !== undefined;
    setText(this.stage, stage ?? '');
    this.stage.title = stage ?? '';
  }
}
