import { t } from '@vscode/l10n';
import { element } from '../camView/dom';
import './notice.css';
import { button } from './toolkit';

interface NoticeEvents {
  retry(): void;
  choose(): void;
  example(): void;
  log(): void;
}

/** The row that asks for a decision: failed, cancelled, deleted, nothing chosen. */
export class Notice {
  readonly element = element('div', { class: 'notice', hidden: '' });

  constructor(private readonly on: NoticeEvents) {}

  clear(): void {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  failed(message: string, hint: string | undefined, retry: boolean): void {
    const text = element('span', { role: 'alert' }, element('b', {}, message), hint ? ` ${hint}` : '');
    const log = element('button', { class: 'link', type: 'button' }, t('Show log'));
    log.onclick = () => this.on.log();
    this.show('error', text, ...(retry ? [button(t('Try again'), 'primary', () => this.on.retry())] : []), log);
  }

  cancelled(): void {
    this.show('circle-slash', element('span', { role: 'status' }, t('Cancelled.')), this.again());
  }

  gone(): void {
    this.show('warning', element('span', { role: 'status' }, t('The file was deleted.')));
  }

  empty(): void {
    const title = element('b', {}, t('See which parts of a picture CLIP ties to which words.'));
    const how = element(
      'span',
      {},
      t('Right-click a picture in the explorer and choose "Explain Image", or choose one here.'),
    );
    this.show(
      'eye',
      element('span', { role: 'status' }, title, how),
      element(
        'span',
        { class: 'buttons' },
        button(t('Choose an image…'), 'primary', () => this.on.choose()),
        button(t('Try an example'), 'secondary', () => this.on.example()),
      ),
      element('span', { class: 'dim' }, t('…or paste or drop a picture here.')),
    );
    this.element.classList.add('welcome');
  }

  private again(): HTMLElement {
    return button(t('Explain again'), 'primary', () => this.on.retry());
  }

  private show(icon: string, ...parts: HTMLElement[]): void {
    this.element.className = `notice ${icon}`;
    this.element.replaceChildren(
      element('span', { class: `codicon codicon-${icon}`, 'aria-hidden': 'true' }),
      ...parts,
    );
    this.element.hidden = false;
  }
}
