/** What the editor calls the list of files that are dragged out of its explorer; the standard one holds only the first. */
const EDITOR_URIS = 'application/vnd.code.uri-list';
const URIS = 'text/uri-list';
const PICTURE = /\.(png|jpe?g|jpe|webp|gif|bmp|avif|tiff?|svg)$/i;
/** Two letters at least: one is a drive. */
const URI = /^([a-z][a-z0-9+.-]+):\/\/?[^\s]*$/i;
/** Schemes that name no file of the workspace. */
const FOREIGN = new Set(['http', 'https', 'data', 'blob', 'javascript', 'about']);

/** What a drop or the clipboard brings: files of the workspace, the bytes of pictures, or a reason why nothing. */
export type Brought =
  { readonly uris: readonly string[] } | { readonly files: readonly File[] } | { readonly nothing: 'web' | 'other' };

/** Whether something is dragged that may be a picture: before the drop only kinds are known. */
export function mayBring({ types }: DataTransfer): boolean {
  return [EDITOR_URIS, URIS, 'Files'].some((type) => types.includes(type));
}

/**
 * The editor's own list comes first, because it names the files where they are. Bytes come before the standard
 * list: that may name files of a machine which the extension host cannot see.
 */
export function broughtBy(data: DataTransfer): Brought {
  const own = pictureUris(data.getData(EDITOR_URIS));
  if (own.length > 0) return { uris: own };
  const files = [...data.files].filter(({ type, name }) => type.startsWith('image/') || PICTURE.test(name));
  if (files.length > 0) return { files };
  const list = data.getData(URIS) || data.getData('text/plain');
  const uris = pictureUris(list);
  if (uris.length > 0) return { uris };
  return { nothing: lines(list).some((line) => /^https?:\/\//i.test(line)) ? 'web' : 'other' };
}

/** The pictures of a list of URIs; none where a line is anything else. */
function pictureUris(text: string): string[] {
  const uris = lines(text);
  const isList = uris.every((uri) => {
    const scheme = URI.exec(uri)?.[1];
    return scheme !== undefined && !FOREIGN.has(scheme.toLowerCase());
  });
  return isList ? uris.filter((uri) => PICTURE.test(pathOf(uri))) : [];
}

/** Without query and fragment. */
function pathOf(uri: string): string {
  return uri.replace(/[?#].*$/s, '');
}

function lines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
