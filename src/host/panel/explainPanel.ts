import * as vscode from 'vscode';
import type { Explanation } from '../../protocol/explanation';
import type { FromPanel, PanelSettings, PanelState, Taken } from '../../protocol/panel';
import { asUri } from '../images/asUri';
import type { EngineHost } from '../engineHost';
import { baseName } from '../images/imageName';
import type { KeptPictures } from '../images/keptPictures';
import type { RegisteredVocabulary } from '../vocabulary/registerVocabulary';
import { Explainer } from './explainer';
import { NewPictures } from './newPictures';
import { PageLink } from './pageLink';
import { panelPage } from './panelPage';
import { PanelPictures } from './panelPictures';
import { checkedSettings, DEFAULT_SETTINGS } from './panelState';
import { savePicture } from './savePicture';

/** What a panel needs of the window. */
export interface PanelServices extends Omit<RegisteredVocabulary, 'disposables'> {
  readonly extensionUri: vscode.Uri;
  readonly engine: EngineHost;
  readonly kept: KeptPictures;
  readonly log: vscode.LogOutputChannel;
}

/** The prompts and settings that maps are made with. */
export type MadeWith = Pick<PanelState, 'prompts' | 'settings'>;

/** In the folder of examples: three of the model's words are in it. */
const EXAMPLE = 'park.png';

/** One panel: its pictures, and the prompts and settings that they are explained with. */
export class ExplainPanel implements vscode.Disposable {
  private readonly page: PageLink;
  private readonly pictures: PanelPictures;
  private readonly newPictures: NewPictures;
  private readonly explainer: Explainer;
  private settings: PanelSettings = DEFAULT_SETTINGS;
  /** Undefined while the active vocabulary is followed. */
  private editedPrompts?: readonly string[];
  /** Whether the file, the vocabulary or the model changed while nobody could see the panel. */
  private isStale = false;
  isPinned = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly services: PanelServices,
  ) {
    const { extensionUri, engine, kept, vocabularies } = services;
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `tab-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.page = new PageLink(panel.webview, (message) => void this.receive(message));
    this.explainer = new Explainer(this.page, services);
    this.pictures = new PanelPictures(this.page, engine, {
      entered: () => this.enter(),
      changed: () => this.refresh(),
    });
    this.newPictures = new NewPictures(kept, {
      show: (images) => this.show(images),
      say: (message) => this.say(message),
      fail: (error) => this.explainer.fail(error, false),
    });
    const following = vscode.Disposable.from(
      vocabularies.onDidChange(() => !this.editedPrompts && this.refresh(false)), // also when the model changes
      engine.models.onDidChange(() => this.editedPrompts && this.refresh(false)),
    );
    panel.onDidChangeViewState(() => this.isStale && this.refresh());
    panel.onDidDispose(() => {
      following.dispose();
      this.explainer.cancel();
      this.pictures.dispose();
    });
    this.page.tell('outcome', { type: 'empty' });
    panel.webview.html = panelPage(panel.webview, extensionUri);
  }

  dispose(): void {
    this.panel.dispose();
  }

  /** The picture, with what it is explained with; prompts are left out while the active vocabulary is followed. */
  get shown() {
    const { editedPrompts: prompts, settings } = this;
    const image = this.pictures.current;
    return image && { image, prompts, settings };
  }

  /** What is drawn, once it is. */
  get explanation(): Explanation | undefined {
    return this.explainer.explanation;
  }

  show(images: readonly vscode.Uri[], index = 0): void {
    this.pictures.show(images, index);
  }

  /** Without prompts the active vocabulary is followed. */
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
      case 'switch-vocabulary':
        return void this.services.chooseVocabulary(this.pictures.current);
      case 'save-to-vocabulary':
        return this.saveToVocabulary();
      case 'cancel':
        this.explainer.cancel();
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
        return this.newPictures.choose();
      case 'example':
        return this.show([vscode.Uri.joinPath(this.services.extensionUri, 'examples', EXAMPLE)]);
      case 'dropped':
        return this.newPictures.drop(message.uris);
      case 'pasted':
        return this.newPictures.paste(message.pictures);
      case 'save':
        return savePicture(message.name, message.bytes, this.pictures.current, (saved) => this.say(saved));
      case 'select-model':
        return void vscode.commands.executeCommand('clipSurgery.selectModel');
      case 'log':
        return this.services.log.show();
    }
  }

  /** Follows the vocabulary again, which then says the same. */
  private async saveToVocabulary(): Promise<void> {
    const { editedPrompts: prompts } = this;
    if (!prompts || !(await this.services.savePrompts(prompts, this.pictures.current))) return;
    this.editedPrompts = undefined;
    await this.explain(false);
  }

  private enter(): void {
    this.page.forget('picture');
    this.explainer.explanation = undefined;
    this.panel.title = vscode.l10n.t('{0} · CLIP', baseName(this.pictures.current!));
    this.tellPlace();
    void this.explain(true);
  }

  /** The file, the vocabulary or the model changed: what nobody looks at waits. */
  private refresh(reread = true): void {
    if (this.panel.visible) void this.explain(reread);
    else this.isStale = true;
  }

  /** @param reread whether the picture is new to the page or changed */
  private async explain(reread: boolean): Promise<void> {
    const uri = this.pictures.current;
    if (!uri) return;
    this.isStale = false;
    this.remember();
    const { editedPrompts: prompts, settings } = this;
    await this.explainer.explain(uri, { prompts, settings, reread });
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
