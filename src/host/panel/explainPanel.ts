import * as vscode from 'vscode';
import type { EngineFailure, ImageSource, Picture, Stage } from '../../protocol/engine';
import type { Explanation, MethodName } from '../../protocol/explanation';
import type { FromPanel, PanelState, ToPanel } from '../../protocol/panel';
import type { EngineHost } from '../engineHost';
import { chooseImages } from '../imageTarget';
import { panelPage } from './panelPage';

/** The kinds of messages that a new page needs, in the order in which it needs them. */
const ORDER = ['setup', 'picture', 'remember', 'outcome'] as const;

/**
 * One panel: which images it walks through, with which prompts and method, and what its page was
 * last told. The page may be thrown away and made anew at any time; then it asks for everything again.
 */
export class ExplainPanel implements vscode.Disposable {
  private images: readonly vscode.Uri[] = [];
  private index = 0;
  private method: MethodName = 'clip-surgery';
  /** Undefined while the model's own words are followed. */
  private editedPrompts?: readonly string[];
  private work?: AbortController;
  private watcher?: vscode.FileSystemWatcher;
  /** What a new page has to be told. */
  private readonly told: Partial<Record<(typeof ORDER)[number], ToPanel>> = {};

  constructor(
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly engine: EngineHost,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `tab-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.onDidReceiveMessage((message: FromPanel) => this.receive(message));
    panel.onDidDispose(() => {
      this.work?.abort();
      this.watcher?.dispose();
    });
    this.tell('outcome', { type: 'empty' });
    panel.webview.html = panelPage(panel.webview, extensionUri);
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  dispose(): void {
    this.panel.dispose();
  }

  show(images: readonly vscode.Uri[]): void {
    this.images = images;
    void this.go(0);
  }

  restore(state: PanelState | undefined): void {
    if (!state) return;
    this.images = state.images.map((image) => vscode.Uri.parse(image));
    this.method = state.method;
    if (state.prompts.length > 0) this.editedPrompts = state.prompts;
    void this.go(state.index);
  }

  private receive(message: FromPanel): void {
    switch (message.type) {
      case 'ready':
        for (const kind of ORDER) if (this.told[kind]) void this.panel.webview.postMessage(this.told[kind]);
        break;
      case 'explain':
        this.editedPrompts = message.prompts;
        this.method = message.method;
        void this.explain(false);
        break;
      case 'reset':
        this.editedPrompts = undefined;
        void this.explain(false);
        break;
      case 'cancel':
        this.work?.abort();
        this.tell('outcome', { type: 'cancelled' });
        break;
      case 'retry':
        void this.explain(true);
        break;
      case 'go':
        void this.go(message.index);
        break;
      case 'choose':
        void chooseImages().then((images) => images && this.show(images));
        break;
      case 'log':
        this.log.show();
        break;
    }
  }

  private async go(index: number): Promise<void> {
    const image = this.images[index];
    if (!image) return;
    this.index = index;
    delete this.told.picture;
    this.panel.title = vscode.l10n.t('{0} · CLIP', nameOf(image));
    this.watch(image);
    await this.explain(true);
  }

  /** @param reread whether the picture is new to the page or changed */
  private async explain(reread: boolean): Promise<void> {
    const uri = this.images[this.index];
    if (!uri) return;
    this.work?.abort();
    const { signal } = (this.work = new AbortController());
    this.tell('outcome', { type: 'working', stage: vscode.l10n.t('reading the image'), image: nameOf(uri) });
    try {
      const info = await this.engine.describeModel();
      if (signal.aborted) return;
      const prompts = this.editedPrompts ?? info.prompts;
      this.tell('setup', {
        type: 'setup',
        prompts,
        edited: !sameList(prompts, info.prompts),
        method: this.method,
        note: info.note,
      });
      this.remember();
      const image = await imageSource(uri);
      if (reread || !this.told.picture) {
        const picture = await this.engine.client.call('picture', { image }, { signal });
        if (signal.aborted) return;
        this.tell('picture', this.pictureMessage(uri, picture));
        this.tell('outcome', { type: 'working', stage: vscode.l10n.t('encoding the image'), image: nameOf(uri) });
      }
      const explanation = await this.engine.client.call(
        'explain',
        {
          image,
          imageName: vscode.workspace.asRelativePath(uri, false),
          model: this.engine.model,
          prompts,
          method: this.method,
        },
        { signal, onStage: (stage) => !signal.aborted && this.tell('outcome', workingMessage(stage)) },
      );
      if (signal.aborted) return;
      this.log.info(`${nameOf(uri)}: ${prompts.length} prompts, ${describeTimings(explanation)}`);
      this.tell('outcome', { type: 'explanation', explanation, device: deviceLine(explanation) });
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const { message, hint } = asFailure(error);
    this.log.error(message);
    this.tell('outcome', { type: 'failed', message, hint, retry: true });
  }

  private pictureMessage(uri: vscode.Uri, picture: Picture): ToPanel {
    const { width, height, mime, bytes } = picture;
    return {
      type: 'picture',
      picture: { name: nameOf(uri), label: vscode.workspace.asRelativePath(uri), width, height, mime, bytes },
      index: this.index,
      count: this.images.length,
    };
  }

  /** Posts a message and keeps it for a page that comes later; a message replaces the last of its kind. */
  private tell(kind: (typeof ORDER)[number], message: ToPanel): void {
    this.told[kind] = message;
    void this.panel.webview.postMessage(message);
  }

  private remember(): void {
    this.tell('remember', {
      type: 'remember',
      state: {
        version: 1,
        images: this.images.map(String),
        index: this.index,
        prompts: this.editedPrompts ?? [],
        method: this.method,
      },
    });
  }

  private watch(image: vscode.Uri): void {
    this.watcher?.dispose();
    const folder = vscode.Uri.joinPath(image, '..');
    this.watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, escapeGlob(nameOf(image))),
    );
    const stale = () => this.panel.webview.postMessage({ type: 'stale' } satisfies ToPanel);
    this.watcher.onDidChange(stale);
    this.watcher.onDidCreate(stale);
  }
}

/** Local files are read by the engine; all others come as bytes through the editor's file systems. */
async function imageSource(uri: vscode.Uri): Promise<ImageSource> {
  return uri.scheme === 'file' ? { path: uri.fsPath } : { bytes: await vscode.workspace.fs.readFile(uri) };
}

function workingMessage(stage: Stage): ToPanel {
  const { t } = vscode.l10n;
  switch (stage.name) {
    case 'loading-model':
      return { type: 'working', stage: t('loading the model') };
    case 'encoding-image':
      return { type: 'working', stage: t('encoding the image, {0} px', stage.width) };
    case 'encoding-text':
      return { type: 'working', stage: t('encoding words, {0} of {1}', stage.done + 1, stage.total) };
  }
}

function deviceLine({ provider, precision, timings }: Explanation): string {
  return `${provider.toUpperCase()} ${precision} · ${Math.round(timings.total)} ms`;
}

function describeTimings({ timings }: Explanation): string {
  return Object.entries(timings)
    .map(([stage, ms]) => `${stage} ${Math.round(ms as number)} ms`)
    .join(', ');
}

function asFailure(error: unknown): Pick<EngineFailure, 'message' | 'hint'> {
  return error instanceof Error ? error : { message: String(error) };
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function escapeGlob(name: string): string {
  return name.replace(/[[\]{}*?]/g, '[$&]');
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
