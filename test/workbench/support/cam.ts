import type { Locator } from './playwright';

/** A place in a picture, in shares of its width and height. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What the page's canvases are, as far as the pixels are concerned. */
export interface PageCanvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } };
}
interface PageElement {
  querySelectorAll(selector: string): ArrayLike<PageCanvas & { dataset: { prompt: string }; valueAsNumber: number }>;
}

/**
 * Where the pixels say that a word's map is highest: the heat is what the mix of picture and colours shows more than
 * the picture. Viridis gets greener all the way up, so green is height.
 */
export function peakOf(cam: Locator, word: string): Promise<Place> {
  return cam.evaluate((view: PageElement, prompt: string): Place => {
    const map = Array.from(view.querySelectorAll('canvas.map')).find((canvas) => canvas.dataset.prompt === prompt)!;
    // Several methods share one slider, elsewhere: then it is where it was at first.
    const opacity = (view.querySelectorAll('input[type=range]')[0]?.valueAsNumber ?? 60) / 100;
    const pixels = (canvas: PageCanvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    const [mixed, plain] = [pixels(map), pixels(view.querySelectorAll('canvas.picture')[0]!)];
    let [best, highest] = [0, -Infinity];
    for (let green = 1; green < mixed.length; green += 4) {
      const height = mixed[green]! - (1 - opacity) * plain[green]!;
      if (height > highest) [best, highest] = [(green - 1) / 4, height];
    }
    return { x: ((best % map.width) + 0.5) / map.width, y: (Math.floor(best / map.width) + 0.5) / map.height };
  }, word);
}
