/** What a key does on a tile that has the focus. */
export type TileAction =
  | { readonly type: 'move'; readonly rows: number; readonly cols: number }
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'step'; readonly by: 1 | -1 }
  | { readonly type: 'plain' }
  | { readonly type: 'zoom'; readonly by: 1 | -1 | 'reset' }
  /** Look further down and to the right, where positive. */
  | { readonly type: 'pan'; readonly rows: number; readonly cols: number };

const MOVES: Readonly<Record<string, readonly [rows: number, cols: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const ACTIONS: Readonly<Record<string, TileAction>> = {
  PageDown: { type: 'step', by: 1 },
  PageUp: { type: 'step', by: -1 },
  Enter: { type: 'open' },
  Escape: { type: 'close' },
  ' ': { type: 'plain' },
};

/** Also with Shift, which some keyboards need for them. */
const ZOOMS: Readonly<Record<string, TileAction>> = {
  '+': { type: 'zoom', by: 1 },
  '=': { type: 'zoom', by: 1 },
  '-': { type: 'zoom', by: -1 },
  '0': { type: 'zoom', by: 'reset' },
};

/**
 * Arrows move the patch cursor, and pan with Ctrl. On a large tile left and right go to the next word,
 * so that there Shift is needed to move. Alt is left to the page: it goes through the pictures seen.
 */
export function tileAction(event: KeyboardEvent, isLarge: boolean): TileAction | undefined {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (altKey) return undefined;
  const [rows, cols] = MOVES[key] ?? [0, 0];
  const isArrow = key in MOVES;
  if (ctrlKey || metaKey) return isArrow && !shiftKey ? { type: 'pan', rows, cols } : undefined;
  if (isArrow && cols !== 0 && isLarge && !shiftKey) return { type: 'step', by: cols > 0 ? 1 : -1 };
  if (isArrow) return { type: 'move', rows, cols };
  return ZOOMS[key] ?? (shiftKey ? undefined : ACTIONS[key]);
}
