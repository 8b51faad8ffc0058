import type { PanelPicture, PanelPlace } from '../../src/protocol/panel';
import type { Picture } from '../camView/picture';
import { decodePicture } from './decodePicture';
import type { Header } from './header';

/** The picture that is shown and its name. It may lag behind the place where the panel is by now. */
export class ShownPicture {
  picture: Picture | undefined;
  name = '';
  place: PanelPlace = { images: [], index: 0, canGoBack: false, canGoForward: false, isPinned: false };
  /** Whether it belongs to the place before. */
  private isOld = false;

  constructor(private readonly header: Header) {}

  setPlace(place: PanelPlace): void {
    const current = ({ images, index }: PanelPlace) => images[index]?.image;
    if (current(place) !== current(this.place)) this.isOld = true;
    this.place = place;
    if (!this.picture) this.showPlace();
  }

  /** Where there is no other, its size is known at once, so that nothing jumps when the pixels come. */
  expect(picture: PanelPicture): boolean {
    if (this.picture) return false;
    this.picture = { width: picture.width, height: picture.height };
    this.showName(picture);
    return true;
  }

  /**
   * The one before stays until this one is decoded.
   * @throws DOMException when it cannot be shown; then there is none
   */
  async replace(picture: PanelPicture): Promise<void> {
    this.isOld = false;
    const decoded = await decodePicture(picture).catch((error: unknown) => {
      this.picture = undefined;
      this.showName(picture);
      throw error;
    });
    this.picture = decoded;
    this.showName(picture);
  }

  /**
   * No other picture comes: the one of another place must not stand for it.
   * @returns whether it is gone
   */
  settle(): boolean {
    if (!this.isOld) return false;
    this.clear();
    this.showPlace();
    return true;
  }

  clear(): void {
    this.isOld = false;
    this.picture = undefined;
  }

  private showPlace(): void {
    this.name = this.place.images[this.place.index]?.name ?? '';
    this.header.setPicture(this.name, this.name);
  }

  private showName({ name, label, width, height }: PanelPicture): void {
    this.name = name;
    this.header.setPicture(name, label, { width, height });
  }
}
