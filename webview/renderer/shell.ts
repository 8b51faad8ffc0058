import { adoptStyles } from '../camView/styles';
import { element } from '../camView/dom';
import { adoptPromptStyles } from '../prompts/styles';
import { contain } from './containment';
import { adoptOutputStyles } from './styles';

/** Where an output is drawn: a shadow root, because all extensions' outputs share one document. */
export class Shell {
  readonly host = element('div', { class: 'clip-surgery-output' });
  readonly frame = element('div', { class: 'output' });

  constructor(place: HTMLElement) {
    const root = this.host.attachShadow({ mode: 'open' });
    adoptStyles(root);
    adoptPromptStyles(root);
    adoptOutputStyles(root);
    contain(root);
    root.append(this.frame);
    place.replaceChildren(this.host);
  }

  /** Shows one sentence instead of anything else. */
  sentence(text: string, role: 'alert' | 'status'): void {
    this.frame.style.height = '';
    const line = element('p', { class: role === 'alert' ? 'sentence' : 'sentence waiting', role }, text.slice(0, 300));
    this.frame.replaceChildren(line);
  }
}
