import * as vscode from 'vscode';
import { findImageLinksAt, type ImageLink } from './imageLinks';
import { resolveImage, type ResolvedImage } from './resolveImage';

/** A reference in a document that leads to an image. */
export interface ImageInText {
  readonly range: vscode.Range;
  readonly image: ResolvedImage;
}

/** Files may be far away: a selection of a whole table does not ask for each of its thousands. */
const MOST_LINES = 1000;
const MOST_READINGS = 400;

/** The images that are referred to in a part of a document; an empty range is a cursor. */
export async function imagesInRange(
  document: vscode.TextDocument,
  range: vscode.Range,
  token: vscode.CancellationToken,
): Promise<readonly ImageInText[]> {
  const found: ImageInText[] = [];
  let readings = 0;
  const last = Math.min(range.end.line, range.start.line + MOST_LINES - 1);
  for (let number = range.start.line; number <= last; number++) {
    for (const link of linksInLine(document.lineAt(number), range)) {
      if (token.isCancellationRequested || ++readings > MOST_READINGS) return found;
      const place = new vscode.Range(number, link.start, number, link.end);
      // Overlapping readings are alternatives: the first one that leads to an image is it.
      if (found.at(-1)?.range.intersection(place)?.isEmpty === false) continue;
      const image = await resolveImage(link.target, document.uri);
      if (image) found.push({ range: place, image });
    }
  }
  return found;
}

function linksInLine({ text, lineNumber }: vscode.TextLine, range: vscode.Range): readonly ImageLink[] {
  const start = lineNumber === range.start.line ? range.start.character : 0;
  const end = lineNumber === range.end.line ? range.end.character : text.length;
  return findImageLinksAt(text, { start, end });
}
