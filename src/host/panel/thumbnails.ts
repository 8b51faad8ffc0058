import type * as vscode from 'vscode';
import type { EngineHost } from '../engineHost';
import { imageSource } from '../images/imageSource';

/** CSS pixels of the strip's pictures, twice for high-density screens. */
const SIDE = 96;

/**
 * Makes the small pictures of a strip, one at a time: what the user waits for is never behind more
 * than one of them.
 */
export class Thumbnails {
  private readonly waiting: vscode.Uri[] = [];
  private isRunning = false;

  /** @param isWanted whether a picture is still in the strip when its turn comes */
  constructor(
    private readonly engine: EngineHost,
    private readonly isWanted: (image: vscode.Uri) => boolean,
    private readonly onReady: (image: vscode.Uri, bytes: Uint8Array) => void,
  ) {}

  want(images: readonly vscode.Uri[]): void {
    this.waiting.push(...images);
    if (!this.isRunning) void this.run();
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    for (let image = this.waiting.shift(); image; image = this.waiting.shift()) {
      if (!this.isWanted(image)) continue;
      try {
        const { bytes } = await this.engine.client.call('thumbnail', { image: await imageSource(image), side: SIDE });
        this.onReady(image, bytes);
      } catch {
        // A picture that cannot be read keeps its placeholder; explaining it will say why.
      }
    }
    this.isRunning = false;
  }
}
