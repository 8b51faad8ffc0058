import { t } from '@vscode/l10n';
import { element } from '../camView/dom';

/** What ended an edit. `rest` is what stands behind a typed comma and is still being written. */
export type EditEnd =
  | { readonly by: 'enter' | 'blur'; readonly text: string }
  | { readonly by: 'comma'; readonly text: string; readonly rest: string }
  | { readonly by: 'escape' }
  | { readonly by: 'backspace' };

/** A text field in place of a chip's word. Calls `onEnd` exactly once. */
export function wordEditor(text: string, onEnd: (end: EditEnd) => void): HTMLInputElement {
  const input = element('input', {
    class: 'editor',
    type: 'text',
    spellcheck: 'false',
    'aria-label': t('prompt'),
    placeholder: t('a word or a phrase'),
  });
  input.value = text;
  // For the editor's own menu: Cut, Copy and Paste mean something here.
  input.dataset.vscodeContext = JSON.stringify({ preventDefaultContextMenuItems: false });
  let ended = false;
  const end = (by: EditEnd) => {
    if (ended) return;
    ended = true;
    onEnd(by);
  };
  input.oninput = () => {
    const comma = input.value.lastIndexOf(',');
    if (comma >= 0)
      end({ by: 'comma', text: input.value.slice(0, comma), rest: input.value.slice(comma + 1).trimStart() });
  };
  // A one-line field would join pasted lines into one word.
  input.onpaste = (event) => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (!/\n/.test(pasted.trim())) return;
    event.preventDefault();
    input.setRangeText(pasted.trim().replace(/\s*\n\s*/g, ', '));
    input.dispatchEvent(new Event('input'));
  };
  input.onblur = () => end({ by: 'blur', text: input.value });
  input.onkeydown = (event) => {
    if (event.isComposing) return;
    // The field selects by itself; the editor would do it once more, a little later, over what was typed since.
    if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) return event.stopPropagation();
    if (event.key === 'Enter') end({ by: 'enter', text: input.value });
    else if (event.key === 'Escape') end({ by: 'escape' });
    else if (event.key === 'Backspace' && input.value === '') end({ by: 'backspace' });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return input;
}
