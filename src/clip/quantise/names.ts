/** What every block multiplies its tokens with, and that int8 replaces. */
export const LINEAR_PARTS = ['q', 'k', 'v', 'out', 'fc1', 'fc2'] as const;

/** The scales `[out]` of a linear layer's int8 weight in a quantised checkpoint. */
export function scalesName(linear: string): string {
  return `scales.${linear}`;
}
