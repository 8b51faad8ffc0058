import { t } from '@vscode/l10n';
import type { Explanation, MethodName } from '../../src/protocol/explanation';
import type { PanelPicture, ToPanel } from '../../src/protocol/panel';
import { CamView } from '../camView/camView';
import { element, setText } from '../camView/dom';
import type { Picture } from '../camView/picture';
import { WordColors } from '../camView/wordColors';
import { Chips } from './chips';
import { decodePicture } from './decodePicture';
import { Header } from './header';
import type { HostLink } from './hostLink';
import { Notice } from './notice';

/** The page: keeps what the host said last and shows it. */
export class Panel {
  private readonly colors = new WordColors();
  private readonly header: Header;
  private readonly chips: Chips;
  private readonly notice: Notice;
  private readonly cam: CamView;
  private readonly edited = element('span', { class: 'edited', hidden: '' });
  private readonly prompts: HTMLElement;
  private readonly note = element('p', { class: 'note', hidden: '' });
  private method: MethodName = 'clip-surgery';
  private index = 0;
  private picture: Picture | undefined;
  private explanation: Explanation | undefined;
  private stage: string | undefined;
  private hasFailed = false;
  /** Whether there is no picture to come either. */
  private isEmpty = false;

  constructor(
    root: HTMLElement,
    private readonly host: HostLink,
  ) {
    this.header = new Header({
      method: (method) => this.explain(this.chips.words, method),
      go: (by) => host.post({ type: 'go', index: this.index + by }),
      cancel: () => host.post({ type: 'cancel' }),
    });
    this.chips = new Chips(
      this.colors,
      (words) => this.explain(words, this.method),
      (index) => this.cam.setHot(index),
    );
    this.notice = new Notice({
      retry: () => host.post({ type: 'retry' }),
      choose: () => host.post({ type: 'choose' }),
      log: () => host.post({ type: 'log' }),
    });
    this.cam = new CamView({
      look: host.look,
      colors: this.colors,
      footer: this.note,
      onLook: (look) => host.rememberLook(look),
      onHot: (index) => this.chips.setHot(index),
    });
    const reset = element('button', { class: 'link', type: 'button' }, t('Reset'));
    reset.onclick = () => host.post({ type: 'reset' });
    this.edited.append(element('span', { class: 'dim' }, t('edited')), reset);
    this.prompts = element('div', { class: 'prompts' }, this.chips.element, this.edited);
    root.append(this.header.element, this.prompts, this.notice.element, this.cam.element);
    this.update();
  }

  undo(): void {
    this.chips.undo();
  }

  async receive(message: ToPanel): Promise<void> {
    if (message.type !== 'setup' && message.type !== 'remember') this.isEmpty = false;
    switch (message.type) {
      case 'setup':
        this.method = message.method;
        this.header.setMethod(message.method);
        this.chips.set(message.prompts);
        this.edited.hidden = !message.edited;
        setText(this.note, message.note ?? '');
        this.note.hidden = !message.note;
        break;
      case 'picture':
        this.header.setCount(message.index, message.count);
        this.index = message.index;
        return this.setPicture(message.picture);
      case 'working':
        this.notice.clear();
        this.hasFailed = false;
        this.stage = message.image ? `${message.image}: ${message.stage}` : message.stage;
        break;
      case 'explanation':
        this.notice.clear();
        this.hasFailed = false;
        this.explanation = message.explanation;
        this.stage = this.isAnswered() ? undefined : this.stage;
        this.header.setDevice(message.device, message.explanation);
        break;
      case 'failed':
        return this.fail(message.message, message.hint, message.retry);
      case 'cancelled':
        this.stage = undefined;
        this.notice.cancelled();
        break;
      case 'stale':
        this.notice.stale();
        break;
      case 'empty':
        this.picture = this.explanation = this.stage = undefined;
        this.hasFailed = false;
        this.isEmpty = true;
        this.notice.empty();
        break;
      case 'remember':
        this.host.remember(message.state);
        return;
    }
    this.update();
  }

  /** Whether the maps are those of all words shown: an answer may be older than the last edit. */
  private isAnswered(): boolean {
    const texts = this.explanation?.prompts.map((prompt) => prompt.text) ?? [];
    return this.chips.words.every((word) => texts.includes(word));
  }

  /** The old picture stays until the new one is decoded. */
  private async setPicture(picture: PanelPicture): Promise<void> {
    if (!this.picture) {
      this.picture = { width: picture.width, height: picture.height };
      this.showName(picture);
      this.update();
    }
    let decoded: Picture;
    try {
      decoded = await decodePicture(picture);
    } catch {
      this.showName(picture);
      this.picture = this.explanation = undefined;
      return this.fail(t('{0} cannot be shown.', picture.name), t('The file may be damaged.'), true);
    }
    this.showName(picture);
    this.picture = decoded;
    this.explanation = undefined;
    this.hasFailed = false;
    this.stage ??= t('waiting');
    this.notice.clear();
    this.header.setDevice('', undefined);
    this.update();
  }

  private showName({ name, label, width, height }: PanelPicture): void {
    this.header.setPicture(name, label, width, height);
  }

  private fail(message: string, hint: string | undefined, retry: boolean): void {
    this.stage = undefined;
    this.hasFailed = true;
    this.notice.failed(message, hint, retry);
    this.update();
  }

  /** Asks for maps; those of words that stay are kept until the new ones come. */
  private explain(prompts: readonly string[], method: MethodName): void {
    this.method = method;
    this.edited.hidden = false;
    if (prompts.length > 0 && this.picture) {
      this.stage = t('waiting');
      this.notice.clear();
    }
    if (prompts.length > 0) this.host.post({ type: 'explain', prompts, method });
    this.update();
  }

  private update(): void {
    this.header.setStage(this.stage);
    this.header.element.hidden = this.prompts.hidden = this.isEmpty;
    this.cam.element.hidden = !this.picture;
    this.cam.show({
      picture: this.picture,
      words: this.chips.words,
      explanation: this.explanation,
      stage: this.stage,
      failed: this.hasFailed,
    });
  }
}
