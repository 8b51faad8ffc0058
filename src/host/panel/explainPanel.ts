import * as vscode from 'vscode';
import type { Explanation } from '../../protocol/explanation';
import type { FromPanel, PanelSettings, PanelState, Taken } from '../../protocol/panel';
import type { EngineHost } from '../engineHost';
import { baseName, recordName } from '../imageName';
import { imageSource } from '../imageSource';
import { chooseImages, isImage } from '../imageTarget';
import type { KeptPictures } from '../keptPictures';
import { History } from './history';
import { ImageWatcher } from './imageWatcher';
import { explanationMessage, failedMessage, pictureMessage, setupMessage, workingMessage } from './messages';
import { PageLink } from './pageLink';
import { panelPage } from './panelPage';
import { checkedSettings, DEFAULT_SETTINGS } from './panelState';
import { savePicture } from './savePicture';
import { Thumbnails } from './thumbnails';

/** What a panel needs of the window. */
export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  readonly engine: EngineHost;
  readonly kept: KeptPictures;
  readonly log: vscode.LogOutputChannel;
}

/** One panel: the pictures it walks through, and the prompts and settings that they are explained with. */
export class ExplainPanel implements vscode.Disposable {
  private readonly history = new History();
  private readonly page: PageLink;
  private readonly thumbnails: Thumbnails;
  private settings: PanelSettings = DEFAULT_SETTINGS;
  /** Undefined while the model's own words are followed. */
  private editedPrompts?: readonly string[];
  private work?: AbortController;
  private watcher?: ImageWatcher;
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
    this.thumbnails = new Thumbnails(engine, (image, bytes) => this.showThumbnail(image, bytes));
    panel.onDidChangeViewState(() => panel.visible && this.isStale && void this.explain(true));
    panel.onDidDispose(() => {
      this.work?.abort();
      this.watcher?.dispose();
      this.thumbnails.clear();
    });
    this.page.tell('outcome', { type: 'empty' });
    panel.webview.html = panelPage(panel.webview, extensionUri);
  }

  dispose(): void {
    this.panel.dispose();
  }

  show(images: readonly vscode.Uri[], index = 0): Promise<void> {
    this.history.push({ images, index });
    return this.enter();
  }

  restore(state: PanelState): void {
    this.settings = state.settings;
    this.isPinned = state.isPinned;
    if (state.prompts.length > 0) this.editedPrompts = state.prompts;
    void this.show(
      state.images.map((image) => vscode.Uri.parse(image)),
      state.index,
    );
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
        return this.go(message.index);
      case 'walk':
        return this.history.walk(message.by) ? this.enter() : undefined;
      case 'pin':
        this.isPinned = message.isPinned;
        return this.tellPlace();
      case 'thumbnails':
        return this.thumbnails.want(message.indices.flatMap((index) => this.history.current?.images[index] ?? []));
      case 'choose': {
        const images = await chooseImages();
        return images && this.show(images);
      }
      case 'example':
        return this.show([vscode.Uri.joinPath(this.services.extensionUri, 'examples', EXAMPLE)]);
      case 'dropped':
        return this.drop(message.uris.map((uri) => vscode.Uri.parse(uri)));
      case 'pasted':
        return this.paste(message.pictures);
      case 'save':
        return savePicture(message.name, message.bytes, this.current, (saved) => this.say(saved));
      case 'log':
        return this.services.log.show();
    }
  }

  /** The picture that is shown. */
  private get current(): vscode.Uri | undefined {
    const shown = this.history.current;
    return shown?.images[shown.index];
  }

  private async go(index: number): Promise<void> {
    const images = this.history.current?.images ?? [];
    if (images[index]) await this.show(images, index);
  }

  /** Pictures from the web are never fetched, and other files are none. */
  private async drop(uris: readonly vscode.Uri[]): Promise<void> {
    const images = uris.filter((uri) => isImage(uri) && !/^https?$/.test(uri.scheme));
    if (images.length > 0) return this.show(images);
    this.say(vscode.l10n.t('Only picture files can be explained.'));
  }

  private async paste(pictures: (FromPanel & { type: 'pasted' })['pictures']): Promise<void> {
    let images: readonly vscode.Uri[];
    try {
      images = await this.services.kept.keep(pictures);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return this.fail(new Error(vscode.l10n.t('The picture could not be kept: {0}', reason)), false);
    }
    await this.show(images);
  }

  /** Shows what the history is at. */
  private async enter(): Promise<void> {
    const image = this.current;
    if (!image) return;
    this.page.forget('picture');
    this.explanation = undefined;
    this.panel.title = vscode.l10n.t('{0} · CLIP', baseName(image));
    this.tellPlace();
    this.watcher?.dispose();
    this.watcher = new ImageWatcher(image, {
      changed: () => this.changed(),
      gone: () => this.page.post({ type: 'gone' }),
    });
    await this.explain(true);
  }

  /** The file changed: what nobody looks at waits. */
  private changed(): void {
    if (this.panel.visible) void this.explain(true);
    else this.isStale = true;
  }

  /** @param reread whether the picture is new to the page or changed */
  private async explain(reread: boolean): Promise<void> {
    const uri = this.current;
    if (!uri) return;
    this.isStale = false;
    this.work?.abort();
    const { signal } = (this.work = new AbortController());
    const { engine, log } = this.services;
    const { client, model } = engine;
    this.page.tell('outcome', { type: 'working', stage: vscode.l10n.t('reading the image'), image: baseName(uri) });
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
      const { method, side, aspect } = this.settings;
      const explanation = await client.call(
        'explain',
        { image, imageName: recordName(uri), model, prompts, method, size: side, aspect },
        { signal, onStage: (stage) => !signal.aborted && this.page.tell('outcome', workingMessage(stage)) },
      );
      if (signal.aborted) return;
      log.info(`${baseName(uri)}: ${prompts.length} prompts, ${describeTimings(explanation)}`);
      this.explanation = explanation;
      this.page.tell('outcome', explanationMessage(explanation));
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  private fail(error: unknown, retry = true): void {
    const message = failedMessage(error, retry);
    this.services.log.error(message.message);
    this.page.tell('outcome', message);
  }

  private showThumbnail(image: vscode.Uri, bytes: Uint8Array): void {
    const index = this.history.current?.images.findIndex((other) => String(other) === String(image)) ?? -1;
    if (index >= 0) this.page.post({ type: 'thumbnail', index, image: String(image), bytes });
  }

  private tellPlace(): void {
    const { current, canGoBack, canGoForward } = this.history;
    const images = current?.images.map((image) => ({ image: String(image), name: baseName(image) })) ?? [];
    const place = { images, index: current?.index ?? 0, canGoBack, canGoForward, isPinned: this.isPinned };
    this.page.tell('place', { type: 'place', place });
    this.remember();
  }

  private remember(): void {
    const { images, index } = this.history.current ?? { images: [], index: 0 };
    const { editedPrompts: prompts = [], settings, isPinned } = this;
    const state: PanelState = { version: 1, images: images.map(String), index, prompts, settings, isPinned };
    this.page.tell('remember', { type: 'remember', state });
  }
}

/** In the folder of examples: three of its words are in it. */
const EXAMPLE = 'red-circle-blue-square-green-star.png';

function describeTimings({ timings }: Explanation): string {
  return Object.entries(timings)
    .map(([stage, ms]) => `${stage} ${Math.round(ms as number)} ms`)
    .join(', ');
}
