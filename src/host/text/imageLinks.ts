import { IMAGE_EXTENSIONS, isImagePath } from '../images/imageExtensions';
import { addressSpans, LONGEST_ADDRESS } from './addressSpans';
import { isOnTheWeb, spellings } from './spellings';

/**
 * One reading of a place in a text as the address of an image. Readings that overlap are alternatives,
 * the likeliest first: only the file system can tell `my pictures/a.png` from `my` and `pictures/a.png`.
 */
export interface ImageLink {
  /** Of the address in the text: its first character, and the one after its last. */
  readonly start: number;
  readonly end: number;
  /** A path, the URI of a file, or an address on the web. */
  readonly target: string;
}

/** A path ends here: an image's extension that no letter, folder or second extension follows. */
const EXTENSION = new RegExp(`\\.(?:${IMAGE_EXTENSIONS.join('|')})(?![\\w/]|[.-]\\w)`, 'gi');
/** A picture whose bytes are in the text itself. */
const DATA_URI = /\bdata:[\w.+-]{1,80}\/[\w.+-]{1,80}[;,][^\s"'`<>()]*/gi;
const WEB_ADDRESS = /https?:\/\/[^\s"'`<>()]+/gi;

/**
 * Image references in any text: Markdown images and links, HTML, quoted strings, fields of tables and bare
 * paths. Takes time in proportion to the length of the text.
 */
export function findImageLinks(text: string): readonly ImageLink[] {
  const plain = text.replace(DATA_URI, (data) => ' '.repeat(data.length));
  const links: ImageLink[] = [];
  let floor = 0;
  for (const { index: dot, 0: extension } of plain.matchAll(EXTENSION)) {
    const end = dot + extension.length;
    for (const span of addressSpans(plain, { floor, dot, end })) {
      const targets = spellings(plain.slice(span.start, span.end), span.isMarkup).filter(
        (target) => isOnTheWeb(target) || isImagePath(target),
      );
      links.push(...targets.map((target) => ({ start: span.start, end: span.end, target })));
    }
    floor = end;
  }
  return [...links, ...webImages(plain)].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The same for the references that touch a part of the text, which may be of any length; a cursor is an empty part. */
export function findImageLinksAt(text: string, part: { start: number; end: number }): readonly ImageLink[] {
  const offset = Math.max(0, part.start - LONGEST_ADDRESS);
  return findImageLinks(text.slice(offset, part.end + LONGEST_ADDRESS))
    .map(({ start, end, target }) => ({ start: start + offset, end: end + offset, target }))
    .filter(({ start, end }) => start <= part.end && end >= part.start);
}

/** Images on the web need no extension, as badges show: `![](https://…)` and `<img src="https://…">`. */
function webImages(text: string): readonly ImageLink[] {
  return [...text.matchAll(WEB_ADDRESS)].flatMap(({ index: start, 0: target }) => {
    const before = text.slice(Math.max(0, start - LONGEST_ADDRESS), start);
    const isImage = isMarkdownImage(before) || /<img\b[^<>]*\bsrc\s*=\s*["']?$/i.test(before);
    return isImage ? [{ start, end: start + target.length, target }] : [];
  });
}

/** Whether the text ends with `![…](`, and not with the link around an image, `[![…](…)](`. */
function isMarkdownImage(before: string): boolean {
  const opening = /\]\(\s*<?$/.exec(before);
  const mark = before.lastIndexOf('![');
  return !!opening && mark >= 0 && !before.slice(mark, opening.index).includes('](');
}
