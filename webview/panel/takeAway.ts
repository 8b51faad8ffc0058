import { t } from '@vscode/l10n';
import type { FromPanel, Taken } from '../../src/protocol/panel';
import type { CamView } from '../camView/camView';
import { writeImage } from '../camView/clipboard';
import { figureName } from '../camView/figureName';
import type { Passing } from './passing';

/** Copies and saves what the maps look like, as a picture composed by the view. */
export class TakeAway {
  /** Whether there are maps to take. */
  isReady = false;
  private isBusy = false;

  constructor(
    private readonly cam: CamView,
    private readonly passing: Passing,
    private readonly post: (message: FromPanel) => void,
    private readonly pictureName: () => string,
  ) {}

  /** The tile that is shown large, else all of them. */
  takeShown(action: Taken['action']): void {
    void this.take({ action, prompt: this.cam.current });
  }

  async take({ action, prompt }: Taken): Promise<void> {
    if (this.isBusy) return;
    if (!this.isReady) return this.passing.say(t('There are no maps to take yet.'));
    this.isBusy = true;
    this.passing.keep(t('composing the picture'));
    try {
      const { blob, scale } = await this.cam.figure(prompt);
      const size = scale < 1 ? t('at {0} % of the picture’s size', percent(scale)) : '';
      if (action === 'copy') {
        await writeImage(blob);
        this.passing.say(size ? t('copied {0}', size) : t('copied'));
      } else {
        const bytes = new Uint8Array(await blob.arrayBuffer());
        this.post({ type: 'save', name: figureName(this.pictureName(), prompt), bytes });
        this.passing.say(size && t('composed {0}', size));
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.passing.say(
        action === 'copy'
          ? t('The maps could not be copied: {0}', reason)
          : t('The maps could not be saved: {0}', reason),
      );
    } finally {
      this.isBusy = false;
    }
  }
}

/** What the editor's context menu gets to know about the tile of a word, or about the plain picture. */
export function tileContext(prompt: string | undefined): string {
  return JSON.stringify({ webviewSection: 'tile', prompt, preventDefaultContextMenuItems: true });
}

function percent(scale: number): number {
  return Math.max(1, Math.round(scale * 100));
}
