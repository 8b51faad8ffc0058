/** What is needed of a canvas to measure text. */
export interface Measure {
  font: string;
  measureText(text: string): { readonly width: number };
}

const SEPARATOR = ' · ';

export function fontOf(size: number, weight: 400 | 600 = 400): string {
  return `${weight} ${size}px system-ui, sans-serif`;
}

/** The text in the current font, cut to the room. */
export function ellipsis(measure: Measure, text: string, room: number): string {
  if (measure.measureText(text).width <= room) return text;
  const characters = [...text];
  let fits = 0;
  for (let low = 1, high = characters.length - 1; low <= high;) {
    const middle = (low + high) >> 1;
    const width = measure.measureText(`${characters.slice(0, middle).join('')}…`).width;
    if (width <= room) [fits, low] = [middle, middle + 1];
    else high = middle - 1;
  }
  return `${characters.slice(0, fits).join('').trimEnd()}…`;
}

/** Lists facts in as few lines as they fit into; only between facts is a line broken. */
export function wrapped(measure: Measure, facts: readonly string[], font: string, room: number): string[] {
  measure.font = font;
  const lines: string[] = [];
  for (const fact of facts) {
    const longer = lines.length > 0 ? lines.at(-1)! + SEPARATOR + fact : fact;
    if (lines.length > 0 && measure.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(ellipsis(measure, fact, room));
  }
  return lines;
}
