import { ASPECTS, DEFAULT_ASPECT, DEFAULT_METHOD, METHOD_NAMES } from '../../protocol/explanation';
import type { PanelSettings, PanelState } from '../../protocol/panel';

export const DEFAULT_SETTINGS: PanelSettings = { method: DEFAULT_METHOD, aspect: DEFAULT_ASPECT };

/** State comes from a page and from an older version perhaps: anything odd means no state. */
export function checkedState(state: unknown): PanelState | undefined {
  const { version, images, prompts, index, settings, isPinned } = (state ?? {}) as Partial<PanelState>;
  if (version !== 1 || !areTexts(images) || !areTexts(prompts)) return undefined;
  if (!Number.isSafeInteger(index) || index! < 0 || index! >= images.length) return undefined;
  return { version, images, prompts, index: index!, settings: checkedSettings(settings), isPinned: isPinned === true };
}

/** The settings with the default for everything that is missing or wrong. */
export function checkedSettings(settings: unknown): PanelSettings {
  const { method, side, aspect } = (settings ?? {}) as Partial<PanelSettings>;
  return {
    method: METHOD_NAMES.find((name) => name === method) ?? DEFAULT_SETTINGS.method,
    side: Number.isSafeInteger(side) && side! > 0 ? side : undefined,
    aspect: ASPECTS.find((name) => name === aspect) ?? DEFAULT_SETTINGS.aspect,
  };
}

function areTexts(list: unknown): list is string[] {
  return Array.isArray(list) && list.every((item) => typeof item === 'string');
}
