import { t } from '@vscode/l10n';
import type { Explanation } from '../../src/protocol/explanation';
import type { PanelPicture, PromptLook, ToPanel } from '../../src/protocol/panel';
import { CamView } from '../camView/camView';
import { looksOf, WordLooks } from '../camView/wordLooks';
import { DropAndPaste } from './dropAndPaste';
import { Header } from './header';
import type { HostLink } from './hostLink';
import { listenToKeys } from './keys';
import { ModelNote } from './modelNote';
import { Notice } from './notice';
import { PromptRow } from './promptRow';
import { SettingsChoice } from './settingsChoice';
import { ShownPicture } from './shownPicture';
import { Strip } from './strip';
import { TakeAway, tileContext } from './takeAway';

/** The page: keeps what the host said last and shows it. */
export class Panel {
  private readonly header: Header;
  private readonly shown: ShownPicture;
  private readonly strip: Strip;
  private readonly settings: SettingsChoice;
  private readonly prompts: PromptRow;
  private readonly notice: Notice;
  private readonly cam: CamView;
  private readonly takeAway: TakeAway;
  private readonly looks = new WordLooks();
  /** Of the vocabulary, which may be newer than the maps. */
  private given: Readonly<Record<string, PromptLook>> = {};
  private readonly note: ModelNote;
  private explanation: Explanation | undefined;
  private stage: string | undefined;
  private hasFailed = false;
  /** Whether there is no picture to come either. */
  private isEmpty = false;

  constructor(
    root: HTMLElement,
    private readonly host: HostLink,
  ) {
    const post = host.post.bind(host);
    this.settings = new SettingsChoice(() => this.explain());
    this.header = new Header(this.settings.element, {
      walk: (by) => this.walk(by),
      cancel: () => post({ type: 'cancel' }),
      pin: (isPinned) => post({ type: 'pin', isPinned }),
      copy: () => this.takeAway.takeShown('copy'),
      save: () => this.takeAway.takeShown('save'),
    });
    this.shown = new ShownPicture(this.header);
    this.strip = new Strip({
      go: (index) => post({ type: 'go', index }),
      want: (indices) => post({ type: 'thumbnails', indices }),
    });
    this.prompts = new PromptRow(this.looks, {
      change: () => this.explain(),
      switch: () => post({ type: 'switch-vocabulary' }),
      save: () => post({ type: 'save-to-vocabulary' }),
      reset: () => post({ type: 'reset' }),
      hot: (index) => this.cam.setHot(index),
    });
    this.notice = new Notice({
      retry: () => post({ type: 'retry' }),
      choose: () => post({ type: 'choose' }),
      example: () => post({ type: 'example' }),
      log: () => post({ type: 'log' }),
    });
    this.note = new ModelNote(() => post({ type: 'select-model' }));
    this.cam = new CamView({
      look: host.look,
      looks: this.looks,
      footer: this.note.element,
      tileContext,
      onLook: (look) => host.rememberLook(look),
      onHot: (index) => this.prompts.setHot(index),
    });
    const { passing } = this.header;
    this.takeAway = new TakeAway(this.cam, passing, post, () => this.shown.name);
    const drop = new DropAndPaste(document.body, { post, say: (text) => passing.say(text) });
    root.append(
      this.header.element,
      this.strip.element,
      this.prompts.element,
      this.notice.element,
      this.cam.element,
      drop.element,
    );
    listenToKeys({
      undo: () => this.prompts.undo(),
      walk: (by) => this.walk(by),
      copy: () => this.takeAway.takeShown('copy'),
    });
    this.update();
  }

  async receive(message: ToPanel): Promise<void> {
    switch (message.type) {
      case 'setup':
        this.settings.set(message.settings, message.sizes);
        this.given = message.looks;
        this.dress();
        this.prompts.set(message.prompts, message.vocabulary);
        this.note.set(message.note, message.isDemo);
        break;
      case 'place':
        this.header.setPlace(message.place);
        this.strip.setPlace(message.place);
        this.shown.setPlace(message.place);
        break;
      case 'thumbnail':
        return this.strip.setThumbnail(message.index, message.image, message.bytes);
      case 'picture':
        return this.setPicture(message.picture);
      case 'working':
        this.begin();
        this.stage = message.image ? `${message.image}: ${message.stage}` : message.stage;
        break;
      case 'explanation':
        this.begin();
        this.setExplanation(message.explanation, message.device);
        this.stage = this.isAnswered() ? undefined : this.stage;
        break;
      case 'failed':
        return this.fail(message.message, message.hint, message.retry);
      case 'cancelled':
        this.end();
        this.notice.cancelled();
        break;
      case 'gone':
        this.end();
        this.notice.gone();
        break;
      case 'empty':
        this.shown.clear();
        this.explanation = this.stage = undefined;
        this.hasFailed = false;
        this.isEmpty = true;
        this.notice.empty();
        break;
      case 'take':
        void this.takeAway.take(message.taken);
        return;
      case 'done':
        this.header.passing.say(message.message);
        return;
      case 'remember':
        this.host.remember(message.state);
        return;
    }
    this.update();
  }

  private walk(by: 1 | -1): void {
    const { canGoBack, canGoForward } = this.shown.place;
    if (by < 0 ? canGoBack : canGoForward) this.host.post({ type: 'walk', by });
  }

  /** Work goes on: what stood in its way is over. */
  private begin(): void {
    this.notice.clear();
    this.hasFailed = this.isEmpty = false;
  }

  /** The work is over without maps. */
  private end(): void {
    this.stage = undefined;
    this.isEmpty = false;
    if (this.shown.settle()) this.setExplanation(undefined);
  }

  private fail(message: string, hint: string | undefined, retry: boolean): void {
    this.end();
    this.hasFailed = true;
    this.notice.failed(message, hint, retry);
    this.update();
  }

  /** Picture, name and maps change at once. */
  private async setPicture(picture: PanelPicture): Promise<void> {
    if (this.shown.expect(picture)) {
      this.begin();
      this.update();
    }
    try {
      await this.shown.replace(picture);
    } catch {
      this.setExplanation(undefined);
      return this.fail(t('{0} cannot be shown.', picture.name), t('The file may be damaged.'), true);
    }
    this.begin();
    this.setExplanation(undefined);
    this.stage ??= t('waiting');
    this.update();
  }

  private setExplanation(explanation: Explanation | undefined, device = ''): void {
    this.explanation = explanation;
    this.header.device.set(device, explanation);
    this.dress();
  }

  /** Gives the words the labels and colours that they have by now. */
  private dress(): void {
    this.looks.give([...looksOf(this.explanation?.prompts ?? []), ...Object.entries(this.given)]);
    this.prompts.refresh();
  }

  /** Whether the maps are those of all words shown: an answer may be older than the last edit. */
  private isAnswered(): boolean {
    const texts = this.explanation?.prompts.map((prompt) => prompt.text) ?? [];
    return this.prompts.words.every((word) => texts.includes(word));
  }

  /** Asks for maps; those of words that stay are kept until the new ones come. */
  private explain(): void {
    const prompts = this.prompts.words;
    if (prompts.length > 0) {
      if (this.shown.picture) {
        this.stage = t('waiting');
        this.notice.clear();
      }
      this.host.post({ type: 'explain', prompts, settings: this.settings.settings });
    }
    this.update();
  }

  private update(): void {
    this.header.setStage(this.stage);
    this.header.setBare(this.isEmpty);
    this.prompts.element.hidden = this.isEmpty;
    const { picture } = this.shown;
    this.takeAway.isReady = picture !== undefined && this.explanation !== undefined;
    this.header.setTakeable(this.takeAway.isReady);
    this.cam.element.hidden = !picture;
    this.cam.show({
      picture,
      words: this.prompts.words,
      explanation: this.explanation,
      stage: this.stage,
      failed: this.hasFailed,
    });
  }
}
