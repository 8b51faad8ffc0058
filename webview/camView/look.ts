import { COLOR_MAPS, type ColorMapName } from '../../src/heatmap/colorMap';
import type { Blending } from '../../src/heatmap/overlay';

/** How maps are drawn. Belongs to the page: the host never hears of it. */
export interface Look {
  /** 0..1 */
  readonly opacity: number;
  /** Heights below it are transparent, 0..1. */
  readonly threshold: number;
  readonly blending: Blending;
  readonly scale: 'word' | 'shared';
  readonly view: 'smooth' | 'patches';
  readonly colorMap: ColorMapName;
}

/** 0.6 is the opacity of the published figures. */
export const DEFAULT_LOOK: Look = {
  opacity: 0.6,
  threshold: 0,
  blending: 'even',
  scale: 'word',
  view: 'smooth',
  colorMap: 'viridis',
};

/** A look as it was stored, with the default for everything that is missing or wrong. */
export function restoreLook(stored: unknown): Look {
  const given: Record<string, unknown> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const share = (value: unknown, otherwise: number) =>
    typeof value === 'number' && value >= 0 && value <= 1 ? value : otherwise;
  return {
    opacity: share(given.opacity, DEFAULT_LOOK.opacity),
    threshold: share(given.threshold, DEFAULT_LOOK.threshold),
    blending: given.blending === 'value' ? 'value' : 'even',
    scale: given.scale === 'shared' ? 'shared' : 'word',
    view: given.view === 'patches' ? 'patches' : 'smooth',
    colorMap: COLOR_MAPS.find((name) => name === given.colorMap) ?? DEFAULT_LOOK.colorMap,
  };
}
