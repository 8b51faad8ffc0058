import type { ParsedCell } from './cell';
import { readCell } from './readCell';

/** What a cell asks for, and every mistake at its place. Never throws, whatever the text is. */
export function parseCell(text: string, known: { readonly models: readonly string[] }): ParsedCell {
  const { request, problems } = readCell(text, known);
  return request ? { request, problems } : { problems };
}
