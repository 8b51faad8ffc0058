import { t } from '@vscode/l10n';
import { element, setText } from '../camView/dom';

/** The quiet line on what the model knows; that of the embedded one leads to models that know more. */
export class ModelNote {
  private readonly text = element('span');
  private readonly link = element('button', { class: 'link', type: 'button' }, t('Get a real CLIP'));
  readonly element = element('p', { class: 'note', hidden: '' }, this.text, ' ', this.link);

  constructor(onGet: () => void) {
    this.link.onclick = onGet;
  }

  set(text: string | undefined, isDemo: boolean): void {
    setText(this.text, text ?? '');
    this.link.hidden = !isDemo;
    this.element.hidden = !text && !isDemo;
  }
}
