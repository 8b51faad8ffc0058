/** One entry of a vocabulary. */
export interface Prompt {
  /** What is looked for, with single spaces: a word, a sentence, `sofa | couch` or `person + bench`. */
  readonly text: string;
  /** What to call it instead of its text. */
  readonly label?: string;
  /** Its colour on chips and in contours, as `#rrggbb` in lower case. */
  readonly color?: string;
  /** What it is listed under. */
  readonly group?: string;
  /** Whether it is only compared with: it takes part in feature surgery and gets no map. */
  readonly negative?: boolean;
}

/** As prompts are compared and kept: without white space around it, and with single spaces. */
export function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
