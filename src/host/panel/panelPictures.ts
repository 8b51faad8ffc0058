import type * as vscode from 'vscode';
import type { EngineHost } from '../engineHost';
import { baseName } from '../images/imageName';
import type { PanelPlace } from '../../protocol/panel';
import { History } from './history';
import { ImageWatcher } from './imageWatcher';
import type { PageLink } from './pageLink';
import { Thumbnails } from './thumbnails';

interface PictureEvents {
  /** Another picture is to be shown. */
  entered(): void;
  /** The file of the one that is shown changed. */
  changed(): void;
}

/** The pictures of one panel: the set in its strip, the way back and forward, and the file of the one that is shown. */
export class PanelPictures implements vscode.Disposable {
  private readonly history = new History();
  private readonly thumbnails: Thumbnails;
  private watcher?: ImageWatcher;

  constructor(
    private readonly page: PageLink,
    engine: EngineHost,
    private readonly on: PictureEvents,
  ) {
    this.thumbnails = new Thumbnails(
      engine,
      (image) => this.watcher !== undefined && this.indexOf(image) >= 0,
      (image, bytes) => this.showThumbnail(image, bytes),
    );
  }

  get images(): readonly vscode.Uri[] {
    return this.history.current?.images ?? [];
  }

  get index(): number {
    return this.history.current?.index ?? 0;
  }

  /** The one that is shown. */
  get current(): vscode.Uri | undefined {
    return this.images[this.index];
  }

  show(images: readonly vscode.Uri[], index = 0): void {
    this.history.push({ images, index });
    this.enter();
  }

  /** Another one of the strip. */
  go(index: number): void {
    if (this.images[index]) this.show(this.images, index);
  }

  walk(by: 1 | -1): void {
    if (this.history.walk(by)) this.enter();
  }

  /** Asks for the small pictures of these places. */
  want(indices: readonly number[]): void {
    this.thumbnails.want(indices.flatMap((index) => this.images[index] ?? []));
  }

  place(isPinned: boolean): PanelPlace {
    const { images, index, history } = this;
    return {
      images: images.map((image) => ({ image: String(image), name: baseName(image) })),
      index,
      canGoBack: history.canGoBack,
      canGoForward: history.canGoForward,
      isPinned,
    };
  }

  dispose(): void {
    this.watcher?.dispose();
    this.watcher = undefined;
  }

  private enter(): void {
    this.watcher?.dispose();
    this.watcher = new ImageWatcher(this.current!, {
      changed: () => this.on.changed(),
      gone: () => this.page.post({ type: 'gone' }),
    });
    this.on.entered();
  }

  private showThumbnail(image: vscode.Uri, bytes: Uint8Array): void {
    const index = this.indexOf(image);
    if (index >= 0) this.page.post({ type: 'thumbnail', index, image: String(image), bytes });
  }

  /** -1 where the picture is of another set. */
  private indexOf(image: vscode.Uri): number {
    return this.images.findIndex((other) => String(other) === String(image));
  }
}
