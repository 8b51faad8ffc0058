import { t } from '@vscode/l10n';
import type { FromPanel } from '../../src/protocol/panel';
import { element } from '../camView/dom';
import './dropAndPaste.css';
import { isTextField } from '../prompts/textField';
import { broughtBy, mayBring, type Brought } from './transfer';

/** Bytes that are read into memory at most. */
const LARGEST = 512 * 1024 * 1024;

interface DropEvents {
  post(message: FromPanel): void;
  /** One quiet sentence on why nothing happens. */
  say(text: string): void;
}

/** Pictures that are dropped on the page or pasted into it. */
export class DropAndPaste {
  /** Covers the page while something is dragged over it that can be dropped. */
  readonly element = element(
    'div',
    { class: 'drop', hidden: '', 'aria-hidden': 'true' },
    element('span', {}, t('Drop to explain')),
  );
  /** Whether what is dragged comes from this page: a chip on its way to another place. */
  private isOwn = false;

  constructor(
    page: HTMLElement,
    private readonly on: DropEvents,
  ) {
    page.addEventListener('dragstart', () => (this.isOwn = true));
    page.addEventListener('dragend', () => (this.isOwn = false));
    for (const type of ['dragenter', 'dragover'] as const) {
      page.addEventListener(type, (event) => this.over(event));
    }
    page.addEventListener('dragleave', (event) => {
      if (!event.relatedTarget) this.element.hidden = true;
    });
    page.addEventListener('drop', (event) => this.drop(event));
    page.addEventListener('paste', (event) => this.paste(event));
  }

  private isFor({ dataTransfer }: DragEvent): boolean {
    return !this.isOwn && dataTransfer !== null && mayBring(dataTransfer);
  }

  private over(event: DragEvent): void {
    if (!this.isFor(event)) return;
    // Else the editor takes the drag over, to open the file in a tab, and the page gets no more of it.
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer!.dropEffect = 'copy';
    this.element.hidden = false;
  }

  private drop(event: DragEvent): void {
    const isFor = this.isFor(event);
    this.element.hidden = true;
    // A chip that was moved is drawn anew, and no end of its drag is ever told.
    this.isOwn = false;
    if (!isFor) return;
    event.preventDefault();
    this.take(broughtBy(event.dataTransfer!));
  }

  private paste(event: ClipboardEvent): void {
    const data = event.clipboardData;
    if (!data || (isTextField(event.target) && data.types.some((type) => type.startsWith('text/')))) return;
    const brought = broughtBy(data);
    // Text that is no list of pictures is not meant for this page.
    if ('nothing' in brought && data.files.length === 0) return;
    event.preventDefault();
    this.take(brought);
  }

  private take(brought: Brought): void {
    if ('uris' in brought) this.on.post({ type: 'dropped', uris: brought.uris });
    else if ('files' in brought) void this.read(brought.files);
    else this.on.say(brought.nothing === 'web' ? fromTheWeb() : noPicture());
  }

  private async read(files: readonly File[]): Promise<void> {
    if (files.reduce((sum, { size }) => sum + size, 0) > LARGEST) {
      return this.on.say(t('That is more than {0} MB: open it from the explorer instead.', LARGEST / 1024 / 1024));
    }
    try {
      const pictures = await Promise.all(
        files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      );
      this.on.post({ type: 'pasted', pictures });
    } catch {
      this.on.say(t('{0} could not be read.', files.map(({ name }) => name).join(', ')));
    }
  }
}

function noPicture(): string {
  return t('Only pictures can be dropped here: PNG, JPEG, WebP, GIF, BMP, AVIF, TIFF or SVG.');
}

function fromTheWeb(): string {
  return t('Pictures are not fetched from the web: copy the picture itself, or save it first.');
}
