import * as vscode from 'vscode';
import type { Explanation } from '../../protocol/explanation';
import type { FromPanel, PanelSettings, PanelState, Taken } from '../../protocol/panel';
import { asUri } from '../images/asUri';
import type { EngineHost } from '../engineHost';
import { failureOf } from '../errors';
import { isImagePath } from '../images/imageExtensions';
import { baseName, recordName } from '../images/imageName';
import { imageSource } from '../images/imageSource';
import { chooseImages } from '../images/imageTarget';
import type { KeptPictures, PastedPicture } from '../images/keptPictures';
import { stageText } from '../stageText';
import { explanationMessage, pictureMessage, setupMessage } from './messages';
import { PageLink } from './pageLink';
import { panelPage } from './panelPage';
import { PanelPictures } from './panelPictures';
import { checkedSettings, DEFAULT_SETTINGS } from './panelState';
import { savePicture } from './savePicture';

/** What a panel needs of the window. */
export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  readonly engine: EngineHost;
  readonly kept: KeptPictures;
  readonly log: vscode.LogOutputChannel;
}

/** The prompts and settings that maps are made with. */
export type MadeWith = Pick<PanelState, 'prompts' | 'settings'>;

/** In the folder of examples: three of the model's words are in it. */
const EXAMPLE = 'red-circle-blue-square-green-star.png';

/** One panel: its pictures, and the prompts and settings that they are explained with. */
export class ExplainPanel implements vscode.Disposable {
  private readonly page: PageLink;
  private readonly pictures: PanelPictures;
  private settings: PanelSettings = DEFAULT_SETTINGS;
  /** Undefined while the model's own words are followed. */
  private editedPrompts?: readonly string[];
  private work?: AbortController;
  /** Whether the file changed while nobody could see the panel. */
  private isStale = false;
  isPinned = false;
  /** What is drawn, once it is. */
  explanation?: Explanation;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly services: PanelServices,
  ) {
    const { extensionUri, engine } = services;
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `tab-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.page = new PageLink(panel.webview, (message) => void this.receive(message));
    this.pictures = new PanelPictures(this.page, engine, {
      entered: () => this.enter(),
      changed: () => this.refresh(),
    });
    panel.onDidChangeViewState(() => this.isStale && this.refresh());
    panel.onDidDispose(() => {
      this.work?.abort();
      this.pictures.dispose();
    });
    this.page.tell('outcome', { type: 'empty' });
    panel.webview.html = panelPage(panel.webview, extensionUri);
  }

  dispose(): void {
    this.panel.dispose();
  }

  /** The picture, with what it is explained with; prompts are left out while the model's own words are followed. */
  get shown() {
    const { editedPrompts: prompts, settings } = this;
    const image = this.pictures.current;
    return image && { image, prompts, settings };
  }

  show(images: readonly vscode.Uri[], index = 0): void {
    this.pictures.show(images, index);
  }

  /** Without prompts those of the model are followed. */
  setUp({ prompts, settings }: MadeWith): void {
    this.settings = settings;
    this.editedPrompts = prompts.length > 0 ? prompts : undefined;
  }

  restore({ isPinned, images, index, ...made }: PanelState): void {
    this.setUp(made);
    this.isPinned = isPinned;
    const uris = images.flatMap((image) => asUri(image) ?? []);
    if (uris.length === images.length) this.show(uris, index);
  }

  /** Lets the page compose a picture of its maps. */
  take(taken: Taken): void {
    this.panel.reveal(); // only a page with the focus may write to the clipboard
    this.page.post({ type: 'take', taken });
  }

  /** Says in passing what was done. */
  say(message: string): void {
    this.page.post({ type: 'done', message });
  }

  private async receive(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        return;
      case 'explain':
        this.editedPrompts = message.prompts;
        this.settings = checkedSettings(message.settings);
        return this.explain(false);
      case 'reset':
        this.editedPrompts = undefined;
        return this.explain(false);
      case 'cancel':
        this.work?.abort();
        return this.page.tell('outcome', { type: 'cancelled' });
      case 'retry':
        return this.explain(true);
      case 'go':
        return this.pictures.go(message.index);
      case 'walk':
        return this.pictures.walk(message.by);
      case 'pin':
        this.isPinned = message.isPinned;
        return this.tellPlace();
      case 'thumbnails':
        return this.pictures.want(message.indices);
      case 'choose':
        return this.showChosen(await chooseImages());
      case 'example':
        return this.show([vscode.Uri.joinPath(this.services.extensionUri, 'examples', EXAMPLE)]);
      case 'dropped':
        return this.drop(message.uris);
      case 'pasted':
        return this.paste(message.pictures);
      case 'save':
        return savePicture(message.name, message.bytes, this.pictures.current, (saved) => this.say(saved));
      case 'log':
        return this.services.log.show();
    }
  }

  private showChosen(images: readonly vscode.Uri[] | undefined): void {
    if (images && images.length > 0) this.show(images);
  }

  /** Pictures from the web are never fetched, and other files are none. */
  private drop(addresses: readonly string[]): void {
    const uris = addresses.flatMap((address) => asUri(address) ?? []);
    const images = uris.filter(({ scheme, path }) => isImagePath(path) && !/^https?$/.test(scheme));
    if (images.length > 0) this.show(images);
    else this.say(vscode.l10n.t('Only picture files can be explained.'));
  }

  private async paste(pictures: readonly PastedPicture[]): Promise<void> {
    try {
      this.showChosen(await this.services.kept.keep(pictures));
    } catch (error) {
      const { message } = failureOf(error);
      this.fail(new Error(vscode.l10n.t('The picture could not be kept: {0}', message)), false);
    }
  }

  private enter(): void {
    this.page.forget('picture');
    this.explanation = undefined;
    this.panel.title = vscode.l10n.t('{0} · CLIP', baseName(this.pictures.current!));
    this.tellPlace();
    void this.explain(true);
  }

  /** The file changed: what nobody looks at waits. */
  private refresh(): void {
    if (this.panel.visible) void this.explain(true);
    else this.isStale = true;
  }

  /** @param reread whether the picture is new to the page or changed */
  private async explain(reread: boolean): Promise<void> {
    const uri = this.pictures.current;
    if (!uri) return;
    this.isStale = false;
    this.work?.abort();
    const { signal } = (this.work = new AbortController());
    const { engine, log } = this.services;
    const { client, model } = engine;
    this.tellWorking(vscode.l10n.t('reading the image'), baseName(uri));
    try {
      const info = await engine.describeModel();
      if (signal.aborted) return;
      const prompts = this.editedPrompts ?? info.prompts;
      this.page.tell('setup', setupMessage(info, prompts, this.settings));
      this.remember();
      const image = await imageSource(uri);
      if (reread || !this.page.knows('picture')) {
        const picture = await client.call('picture', { image }, { signal });
        if (signal.aborted) return;
        this.page.tell('picture', pictureMessage(uri, picture));
      }
      const { method, side: size, aspect } = this.settings;
      const explanation = await client.call(
        'explain',
        { image, imageName: recordName(uri), model, prompts, method, size, aspect },
        { signal, onStage: (stage) => !signal.aborted && this.tellWorking(stageText(stage)) },
      );
      if (signal.aborted) return;
      log.info(`${baseName(uri)}: ${prompts.length} prompts, ${describeTimings(explanation)}`);
      this.explanation = explanation;
      this.page.tell('outcome', explanationMessage(explanation));
    } catch (error) {
      if (!signal.aborted) this.fail(error, true);
    }
  }

  private tellWorking(stage: string, image?: string): void {
    this.page.tell('outcome', { type: 'working', stage, image });
  }

  private fail(error: unknown, retry: boolean): void {
    const failure = failureOf(error);
    this.services.log.error(failure.message);
    this.page.tell('outcome', { type: 'failed', ...failure, retry });
  }

  private tellPlace(): void {
    this.page.tell('place', { type: 'place', place: this.pictures.place(this.isPinned) });
    this.remember();
  }

  private remember(): void {
    const { editedPrompts: prompts = [], settings, isPinned } = this;
    const { images, index } = this.pictures;
    const state: PanelState = { version: 1, images: images.map(String), index, prompts, settings, isPinned };
    this.page.tell('remember', { type: 'remember', state });
  }
}

function describeTimings({ timings }: Explanation): string {
  return Object.entries(timings)
    .map(([stage, ms]) => `${stage} ${Math.round(ms as number)} ms`)
    .join(', ');
}
