/** What a key does on a tile that has the focus. */
export type TileAction =
  | { readonly type: 'move'; readonly rows: number; readonly cols: number }
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'step'; readonly by: 1 | -1 }
  | { readonly type: 'plain' };

const MOVES: Readonly<Record<string, readonly [rows: number, cols: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Plain arrows move the patch cursor; with Alt, and with the page keys, they go to the next or the previous word. */
export function tileAction({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): TileAction | undefined {
  if (ctrlKey || metaKey || shiftKey) return undefined;
  if (key === 'PageDown' || (altKey && key === 'ArrowRight')) return { type: 'step', by: 1 };
  if (key === 'PageUp' || (altKey && key === 'ArrowLeft')) return { type: 'step', by: -1 };
  if (altKey) return undefined;
  const move = MOVES[key];
  if (move) return { type: 'move', rows: move[0], cols: move[1] };
  if (key === 'Enter') return { type: 'open' };
  if (key === 'Escape') return { type: 'close' };
  if (key === ' ') return { type: 'plain' };
  return undefined;
}
