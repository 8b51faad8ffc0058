import { isTextField } from '../prompts/textField';

/** Chords of a text field. */
const EDITING = new Set(['a', 'c', 'v', 'x', 'y', 'z']);

/**
 * Keeps keys and the wheel of an output where they are used. The editor would take a letter that is typed into
 * a field for a command on the cell, and scroll the notebook together with a list: it sees the shadow root's
 * host only, not the field or the list inside.
 */
export function contain(root: ShadowRoot): void {
  root.addEventListener('keydown', (event) => {
    if (isOurs(event as KeyboardEvent)) event.stopPropagation();
  });
  root.addEventListener('wheel', (event) => {
    if (scrollsInside(event as WheelEvent)) event.stopPropagation();
  });
}

function isOurs({ key, target, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  const isField = isTextField(target);
  if (ctrlKey || metaKey) return isField && EDITING.has(key.toLowerCase());
  // The way out, and the keys of the window.
  if (altKey || key === 'Escape' || key === 'Tab' || /^F\d+$/.test(key)) return false;
  return isField || key !== 'Enter' || !shiftKey;
}

function scrollsInside(event: WheelEvent): boolean {
  for (const node of event.composedPath()) {
    if (!(node instanceof Element)) return false;
    const room = node.scrollHeight - node.clientHeight;
    const isScrollable = room > 1 && /auto|scroll/.test(getComputedStyle(node).overflowY);
    if (isScrollable && (event.deltaY < 0 ? node.scrollTop > 0 : node.scrollTop < room - 1)) return true;
  }
  return false;
}
