/** How a file is written. */
export interface Layout {
  readonly lineBreak: string;
  /** One step of indentation. */
  readonly step: string;
  /** Indentation of the line that a place is in. */
  readonly outer: string;
}

/** The step is what the first line within the outermost braces has. */
export function layoutAt(text: string, offset: number): Layout {
  const line = text.slice(0, offset).search(/[^\r\n]*$/);
  return {
    lineBreak: /\r\n|\n|\r/.exec(text)?.[0] ?? '\n',
    step: /^\{[^\r\n]*\s*[\r\n]([ \t]+)\S/m.exec(text)?.[1] ?? '  ',
    outer: /^[ \t]*/.exec(text.slice(line))![0],
  };
}
