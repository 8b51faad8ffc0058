/** What the engine reads, by the ends of file names. The same list as in package.json's menus. */
export const IMAGE_EXTENSIONS = ['png', 'jpg', 'jpeg', 'jpe', 'webp', 'gif', 'bmp', 'avif', 'tif', 'tiff', 'svg'];

/** Finds and watches them; patterns are case-sensitive. */
export const IMAGE_FILES = `**/*.{${IMAGE_EXTENSIONS.flatMap((end) => [end, end.toUpperCase()]).join(',')}}`;

const IMAGE_FILE = new RegExp(`\\.(${IMAGE_EXTENSIONS.join('|')})$`, 'i');

/** Whether a path is called like an image file. */
export function isImagePath(path: string): boolean {
  return IMAGE_FILE.test(path);
}
