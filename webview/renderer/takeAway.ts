import { t } from '@vscode/l10n';
import type { CamView } from '../camView/camView';
import { writeImage } from '../camView/clipboard';
import { element } from '../camView/dom';
import type { Figure } from '../camView/figure';
import { figureName } from '../camView/figureName';
import type { HostLink } from './hostLink';
import { stacked } from './stacked';

/** Milliseconds until a saved picture's address is no longer needed. */
const DOWNLOAD = 60_000;

interface Shown {
  readonly cams: readonly CamView[];
  readonly current: string | undefined;
}

/** Copies and saves what an output looks like, as a picture composed by its views. */
export class TakeAway {
  #isBusy = false;
  readonly #addresses = new Set<string>();
  readonly #host: HostLink;
  readonly #say: (text: string) => void;

  constructor(host: HostLink, say: (text: string) => void) {
    this.#host = host;
    this.#say = say;
  }

  /** @param link a place in the document for the link that saves */
  async take(action: 'copy' | 'save', shown: Shown, picture: string, link: Node): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const word = shown.current;
    try {
      const figures: Figure[] = [];
      for (const cam of shown.cams) figures.push(await cam.figure(word));
      const blob = await stacked(figures);
      if (action === 'copy') await writeImage(blob);
      else await this.#save(blob, figureName(picture.split(/[/\\]/).at(-1)!, word), link);
      this.#say(action === 'copy' ? t('copied') : '');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#say(t('The maps could not be taken: {0}', reason));
    } finally {
      this.#isBusy = false;
    }
  }

  dispose(): void {
    for (const address of this.#addresses) URL.revokeObjectURL(address);
    this.#addresses.clear();
  }

  /** The extension asks where to; without it the editor does. */
  async #save(blob: Blob, name: string, place: Node): Promise<void> {
    if (this.#host.hello) {
      return this.#host.post({ type: 'save', name, png: await base64Of(blob) });
    }
    const address = URL.createObjectURL(blob);
    this.#addresses.add(address);
    const link = element('a', { href: address, download: name, hidden: '' });
    place.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => {
      URL.revokeObjectURL(address);
      this.#addresses.delete(address);
    }, DOWNLOAD);
  }
}

async function base64Of(blob: Blob): Promise<string> {
  const reader = new FileReader();
  reader.readAsDataURL(blob);
  await new Promise((resolve, reject) => {
    reader.onload = resolve;
    reader.onerror = reject;
  });
  return (reader.result as string).replace(/^[^,]*,/, '');
}
