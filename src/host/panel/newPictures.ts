import * as vscode from 'vscode';
import { failureOf } from '../errors';
import { asUri } from '../images/asUri';
import { isImagePath } from '../images/imageExtensions';
import { chooseImages } from '../images/imageTarget';
import type { KeptPictures, PastedPicture } from '../images/keptPictures';

interface Events {
  show(images: readonly vscode.Uri[]): void;
  say(message: string): void;
  fail(error: Error): void;
}

/** The pictures that a user brings to a panel: chosen, dropped or pasted. */
export class NewPictures {
  constructor(
    private readonly kept: KeptPictures,
    private readonly on: Events,
  ) {}

  async choose(): Promise<void> {
    this.show(await chooseImages());
  }

  /** Pictures from the web are never fetched, and other files are none. */
  drop(addresses: readonly string[]): void {
    const uris = addresses.flatMap((address) => asUri(address) ?? []);
    const images = uris.filter(({ scheme, path }) => isImagePath(path) && !/^https?$/.test(scheme));
    if (images.length > 0) this.on.show(images);
    else this.on.say(vscode.l10n.t('Only picture files can be explained.'));
  }

  async paste(pictures: readonly PastedPicture[]): Promise<void> {
    try {
      this.show(await this.kept.keep(pictures));
    } catch (error) {
      const { message } = failureOf(error);
      this.on.fail(new Error(vscode.l10n.t('The picture could not be kept: {0}', message)));
    }
  }

  private show(images: readonly vscode.Uri[] | undefined): void {
    if (images && images.length > 0) this.on.show(images);
  }
}
