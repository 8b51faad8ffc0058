import { t } from '@vscode/l10n';
import type { PanelPlace } from '../../src/protocol/panel';
import { element } from '../camView/dom';
import { scrollSideways } from '../prompts/scrollSideways';
import './strip.css';
import { Thumbnail } from './thumbnail';

interface StripEvents {
  go(index: number): void;
  /** These came into view and have no picture yet. */
  want(indices: readonly number[]): void;
}

type Images = PanelPlace['images'];

/** The pictures that were chosen together, as a row of small ones. */
export class Strip {
  readonly element = element('div', {
    class: 'strip',
    role: 'listbox',
    'aria-orientation': 'horizontal',
    'aria-label': t('pictures'),
    hidden: '',
  });
  private readonly views = new IntersectionObserver((entries) => this.see(entries), {
    root: this.element,
    rootMargin: '0px 128px',
  });
  private images: Images = [];
  private thumbnails: readonly Thumbnail[] = [];
  private index = 0;
  /** Where the user went: places on the way there, which the host tells later, are passed over. */
  private asked: number | undefined;
  private wanted: number[] = [];

  constructor(private readonly on: StripEvents) {
    scrollSideways(this.element);
    this.element.onclick = (event) => {
      const index = this.indexOf(event.target);
      if (index >= 0) this.go(index);
    };
    this.element.onkeydown = (event) => this.onKey(event);
  }

  setPlace({ images, index }: PanelPlace): void {
    this.element.hidden = images.length < 2;
    if (!sameImages(images, this.images)) this.rebuild(images);
    if (this.asked === index) this.asked = undefined;
    this.choose(this.asked ?? index);
  }

  /** Pictures of another list, which may arrive late, are left out. */
  setThumbnail(index: number, image: string, bytes: Uint8Array): void {
    if (this.images[index]?.image === image) void this.thumbnails[index]?.show(bytes);
  }

  private rebuild(images: Images): void {
    this.views.disconnect();
    this.wanted = [];
    this.asked = undefined;
    this.images = images;
    this.thumbnails = images.length < 2 ? [] : images.map(({ name }) => new Thumbnail(name));
    this.element.replaceChildren(...this.thumbnails.map((thumbnail) => thumbnail.element));
    for (const thumbnail of this.thumbnails) this.views.observe(thumbnail.element);
  }

  private see(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      const index = isIntersecting ? this.indexOf(target) : -1;
      if (index < 0) continue;
      this.views.unobserve(target);
      if (this.wanted.length === 0) requestAnimationFrame(() => this.want());
      this.wanted.push(index);
    }
  }

  private want(): void {
    if (this.wanted.length > 0) this.on.want(this.wanted);
    this.wanted = [];
  }

  private indexOf(target: EventTarget | null): number {
    return this.thumbnails.findIndex(({ element }) => target instanceof Node && element.contains(target));
  }

  private onKey(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (altKey || ctrlKey || metaKey || shiftKey) return;
    const last = this.images.length - 1;
    const next = { ArrowLeft: this.index - 1, ArrowRight: this.index + 1, Home: 0, End: last }[key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.go(Math.min(last, Math.max(0, next)));
  }

  private go(index: number): void {
    if (index === this.index) return;
    this.asked = index;
    this.choose(index);
    this.on.go(index);
  }

  private choose(index: number): void {
    const hasFocus = this.element.contains(document.activeElement);
    this.index = index;
    this.thumbnails.forEach((thumbnail, i) => thumbnail.choose(i === index));
    const chosen = this.thumbnails[index]?.element;
    if (!chosen) return;
    const { offsetLeft, offsetWidth } = chosen;
    this.element.scrollLeft = offsetLeft + (offsetWidth - this.element.clientWidth) / 2;
    if (hasFocus) chosen.focus({ preventScroll: true });
  }
}

function sameImages(a: Images, b: Images): boolean {
  return a.length === b.length && a.every(({ image, name }, i) => image === b[i]!.image && name === b[i]!.name);
}
