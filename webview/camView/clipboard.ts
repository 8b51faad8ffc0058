/** The clipboard takes pictures from the page that has the focus only, which may be on its way here. */
const ATTEMPTS = 10;
/** Milliseconds. */
const PAUSE = 100;

/** @throws DOMException when the clipboard stays closed. */
export async function writeImage(blob: Blob): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    if (!document.hasFocus()) window.focus();
    try {
      return await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await new Promise((rested) => setTimeout(rested, PAUSE));
    }
  }
}
