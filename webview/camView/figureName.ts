import { t } from '@vscode/l10n';

/** Longest name of a picture, and longest prompt, in UTF-16 units of three bytes at most: file systems take 255. */
const LONGEST = 40;

/** A file name for the composed picture, e.g. "harbour - red circle.png". */
export function figureName(picture: string, prompt: string | undefined): string {
  const base = picture.replace(/\.[^.]*$/, '');
  return `${inFileName(base)} - ${inFileName(prompt ?? t('maps'))}.png`;
}

/** Without what Windows refuses, which is the strictest of all. */
function inFileName(text: string): string {
  const kept = text.replace(/[<>:"/\\|?*\p{Cc}]+/gu, '_').slice(0, LONGEST);
  // A cut may leave half a letter behind.
  return (
    kept
      .replace(/[\ud800-\udbff]$/, '')
      .trim()
      .replace(/\.+$/, '') || '_'
  );
}
