import { t } from '@vscode/l10n';
import type { ExplanationOutput } from '../../src/protocol/notebook';
import type { Picture } from '../camView/picture';
import { decodeThumbnail, free, loadPictureFile, type PictureFile } from './pictureFile';
import { SharedPictures, type Lease } from './sharedPictures';

/** A picture to draw maps over, and what is to be said where it is not the file itself. */
export interface ShownPicture {
  readonly picture: Picture;
  /** A few words, and a sentence for the tooltip. */
  readonly note?: { readonly text: string; readonly title: string };
}

type Thumbnail = Awaited<ReturnType<typeof decodeThumbnail>> | undefined;

/** The pictures of all outputs of a document: the file where it is as it was, else the thumbnail, else grey. */
export class Pictures {
  readonly #files = new SharedPictures<PictureFile>((file) => free('source' in file ? file.source : undefined));
  readonly #thumbnails = new SharedPictures<Thumbnail>(free);

  acquire({ explanations, thumbnail }: ExplanationOutput): Lease<ShownPicture> {
    const { path, sha256, width, height } = explanations[0]!.image;
    const file = this.#files.acquire(`${sha256} ${path}`, () => loadPictureFile(path, sha256));
    let small: Lease<Thumbnail> | undefined;
    let isReleased = false;
    const show = async (): Promise<ShownPicture> => {
      const found = await file.value;
      if ('source' in found) return { picture: { width, height, source: found.source } };
      if (thumbnail !== undefined && !isReleased) {
        small = this.#thumbnails.acquire(thumbnail, () => decodeThumbnail(thumbnail).catch(() => undefined));
      }
      const source = await small?.value;
      const note = noteOn(found.lack, path.split(/[/\\]/).at(-1)!, source !== undefined);
      return { picture: { width, height, source: source ?? grey() }, note };
    };
    return {
      value: show(),
      release: () => {
        isReleased = true;
        file.release();
        small?.release();
      },
    };
  }
}

function noteOn(lack: 'missing' | 'changed' | 'unreadable', name: string, hasThumbnail: boolean) {
  const texts = {
    missing: [t('the file is not there'), t('{0} is not there.', name)],
    changed: [t('the file changed'), t('{0} has changed since these maps were made.', name)],
    unreadable: [t('the file cannot be shown'), t('{0} cannot be shown here.', name)],
  } as const;
  const [text, reason] = texts[lack];
  const instead = hasThumbnail
    ? t('The maps are drawn over the small picture that is stored with them.')
    : t('The maps are drawn without it.');
  return { text, title: `${reason} ${instead}` };
}

function grey(): ImageBitmap {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#808080';
    context.fillRect(0, 0, 1, 1);
  }
  return canvas.transferToImageBitmap();
}
