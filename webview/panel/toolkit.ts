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

/** A button with a codicon; `label` is its name for everyone who cannot see that. */
export function iconButton(icon: string, label: string, onClick: () => void): HTMLElement & { disabled: boolean } {
  const target = made<Button>('vscode-button', { appearance: 'icon', 'aria-label': label, title: label });
  target.append(element('span', { class: `codicon codicon-${icon}` }));
  target.onclick = onClick;
  return target;
}

/** A choice of a few; `onChoice` is called for the user's changes only. */
export function dropdown(
  label: string,
  choices: readonly (readonly [value: string, text: string])[],
  onChoice: (value: string) => void,
): HTMLElement & { value: string } {
  const target = made<Dropdown>('vscode-dropdown', { 'aria-label': label, title: label });
  for (const [value, text] of choices) {
    const option = made('vscode-option', { value });
    option.textContent = text;
    target.append(option);
  }
  target.onchange = () => onChoice(target.value);
  return target;
}

export function progressRing(): HTMLElement {
  return made('vscode-progress-ring', { 'aria-hidden': 'true' });
}
