/** Bytes of a name that every file system takes, with room for what comes before or after. */
const LONGEST = 100;

/** A text from a page or a clipboard as the name of a file: no folders, nothing that a file system refuses. */
export function fileName(text: string, otherwise: string): string {
  const plain = text
    .replace(/^.*[\\/]/, '')
    .replace(/[<>:"|?*\p{Cc}]/gu, '_')
    .replace(/^\.+|[. ]+$/g, '');
  return plain.slice(-LONGEST) || otherwise;
}
