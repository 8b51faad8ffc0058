// The only file that knows the toolkit, which is archived upstream and may have to be exchanged.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  type Button,
  type Dropdown,
} from '@vscode/webview-ui-toolkit';
import { element } from '../camView/dom';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeProgressRing());

function made<T extends HTMLElement>(tag: string, attributes: Readonly<Record<string, string>> = {}): T {
  const target = document.createElement(tag) as T;
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  return target;
}

export function button(text: string, appearance: 'primary' | 'secondary', onClick: () => void): HTMLElement {
  const target = made<Button>('vscode-button', { appearance });
  target.textContent = text;
  target.onclick = onClick;
  return target;
}

export interface IconButton {
  readonly element: HTMLElement & { disabled: boolean };
  setIcon(icon: string): void;
}

/** A button with a codicon; `label` is its name for everyone who cannot see that. */
export function iconButton(icon: string, label: string, onClick: () => void, title = label): IconButton {
  const target = made<Button>('vscode-button', { appearance: 'icon', 'aria-label': label, title });
  const picture = element('span');
  target.append(picture);
  target.onclick = onClick;
  const setIcon = (name: string) => (picture.className = `codicon codicon-${name}`);
  setIcon(icon);
  return { element: target, setIcon };
}

export interface Choice {
  readonly value: string;
  readonly text: string;
  /** What choosing it means. */
  readonly title?: string;
}

export interface ChoiceList {
  readonly element: HTMLElement;
  /** Shows these choices, one of them chosen. */
  set(choices: readonly Choice[], value: string): void;
}

/** A choice of a few in a list that opens; `onChoice` is called for the user's changes only. */
export function dropdown(label: string, onChoice: (value: string) => void): ChoiceList {
  const target = made<Dropdown>('vscode-dropdown', { 'aria-label': label });
  let shown = '';
  const explain = (choices: readonly Choice[], value: string) => {
    const title = choices.find((choice) => choice.value === value)?.title;
    target.title = title ? `${label}: ${title}` : label;
  };
  return {
    element: target,
    set(choices, value) {
      const next = JSON.stringify(choices);
      if (next !== shown) {
        shown = next;
        // The toolkit notices new options later, and would rather keep its value than take the marked one.
        target.value = value;
        target.replaceChildren(...choices.map((choice) => option(choice, choice.value === value)));
        target.onchange = () => {
          explain(choices, target.value);
          onChoice(target.value);
        };
      } else if (target.value !== value) target.value = value;
      explain(choices, value);
    },
  };
}

function option({ value, text, title }: Choice, isChosen: boolean): HTMLElement {
  const target = made('vscode-option', { value });
  target.textContent = text;
  if (title) target.title = title;
  target.toggleAttribute('selected', isChosen);
  return target;
}

export function progressRing(): HTMLElement {
  return made('vscode-progress-ring', { 'aria-hidden': 'true' });
}
