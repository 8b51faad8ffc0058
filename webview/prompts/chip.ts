import { t } from '@vscode/l10n';
import { element, icon } from '../camView/dom';

interface ChipLook {
  /** What stands on it. */
  readonly label: string;
  readonly color: string;
  /** For those who do not see it. */
  readonly name: string;
}

interface ChipEvents {
  edit(): void;
  remove(): void;
  /** Focus a neighbour. */
  step(by: 1 | -1): void;
  /** Change places with a neighbour. */
  move(by: 1 | -1): void;
  hot(on: boolean): void;
}

/**
 * One prompt: its colour, what it is called, which a click edits, and a button that removes it.
 * @param whyNot why it cannot be edited; left out where it can
 */
export function chip(word: string, look: ChipLook, on: ChipEvents, whyNot?: string): HTMLElement {
  const dot = element('span', { class: 'dot', 'aria-hidden': 'true' });
  dot.style.background = look.color;
  const text = element('button', { class: 'word', type: 'button', 'aria-label': look.name, title: word }, look.label);
  if (whyNot) return fixed(dot, text, whyNot, on);
  text.setAttribute('aria-description', t('Enter edits, Delete removes, Ctrl and an arrow key moves'));
  const close = element('button', {
    class: 'remove',
    type: 'button',
    tabindex: '-1',
    'aria-label': t('Remove {0}', word),
  });
  close.append(icon(['path', { d: 'M4 4l8 8M12 4l-8 8' }]));
  const target = element('span', { class: 'chip', draggable: 'true' }, dot, text, close);
  text.onclick = () => on.edit();
  close.onclick = () => on.remove();
  target.onpointerenter = () => on.hot(true);
  target.onpointerleave = () => on.hot(false);
  text.onfocus = () => on.hot(true);
  text.onblur = () => on.hot(false);
  text.onkeydown = (event) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
    if (by && (event.ctrlKey || event.metaKey)) on.move(by);
    else if (by) on.step(by);
    else if (event.key === 'F2') on.edit();
    else if (event.key === 'Delete' || event.key === 'Backspace') on.remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return target;
}

function fixed(dot: HTMLElement, text: HTMLElement, whyNot: string, on: ChipEvents): HTMLElement {
  text.title += `\n${whyNot}`;
  text.setAttribute('aria-disabled', 'true');
  text.setAttribute('aria-description', whyNot);
  const target = element('span', { class: 'chip fixed' }, dot, text);
  target.onpointerenter = () => on.hot(true);
  target.onpointerleave = () => on.hot(false);
  return target;
}
