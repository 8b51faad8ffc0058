import { element } from '../camView/dom';
import { viaImage } from '../camView/decode';
import { toBytes } from './decodePicture';

/** One picture of the strip: a plain box with its name until the small picture is there. */
export class Thumbnail {
  readonly element: HTMLElement;
  private latest = 0;

  constructor(name: string) {
    const placeholder = element('span', { class: 'placeholder', 'aria-hidden': 'true' }, name);
    this.element = element('div', { class: 'thumbnail', role: 'option', title: name, 'aria-label': name }, placeholder);
  }

  /** A picture that cannot be shown leaves what was there. */
  async show(bytes: Uint8Array): Promise<void> {
    const mine = ++this.latest;
    const image = await viaImage(new Blob([toBytes(bytes)])).catch(() => undefined);
    if (!image || mine !== this.latest) return;
    image.alt = '';
    // Dragging it would offer it to our own page for dropping.
    image.draggable = false;
    this.element.replaceChildren(image);
  }

  choose(isChosen: boolean): void {
    this.element.setAttribute('aria-selected', String(isChosen));
    this.element.tabIndex = isChosen ? 0 : -1;
  }
}
