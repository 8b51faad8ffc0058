/** Runs in a page: what the clipboard holds, as the width and height of its picture. */
export const CLIPBOARD_SIZE = `(async () => {
  const [item] = await navigator.clipboard.read();
  const { width, height } = await createImageBitmap(await item.getType('image/png'));
  return [width, height];
})()`;
