/** Replaces `length` UTF-16 code units at `offset`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly content: string;
}

/** All offsets are of the text as it was; no two edits overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce(
      (result, { offset, length, content }) => result.slice(0, offset) + content + result.slice(offset + length),
      text,
    );
}

/** At most one edit, of whole lines: an offset within a line break or a character would be no place in an editor. */
export function difference(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const [old, updated] = [linesOf(before), linesOf(after)];
  const most = Math.min(old.length, updated.length);
  let start = 0;
  while (start < most && old[start] === updated[start]) start++;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === updated.at(-1 - end)) end++;
  const offset = lengthOf(old.slice(0, start));
  return [
    {
      offset,
      length: before.length - offset - lengthOf(old.slice(old.length - end)),
      content: updated.slice(start, updated.length - end).join(''),
    },
  ];
}

/** With their line breaks. */
function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n|\r(?!\n))/);
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}
