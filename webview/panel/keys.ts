import { isTextField } from '../prompts/textField';

interface KeyEvents {
  undo(): void;
  walk(by: 1 | -1): void;
  copy(): void;
}

const WALKS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The keys that mean the same everywhere on the page but in a text field. */
export function listenToKeys(on: KeyEvents): void {
  const act = (event: KeyboardEvent): (() => void) | undefined => {
    const { key, altKey, shiftKey } = event;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isTextField(event.target) || shiftKey) return undefined;
    const by = WALKS[key];
    if (by && altKey && !isCommand) return () => on.walk(by);
    if (!isCommand || altKey) return undefined;
    if (key === 'z') return () => on.undo();
    if (key === 'c' && (getSelection()?.isCollapsed ?? true)) return () => on.copy();
    return undefined;
  };
  // Before anything else gets them: tiles and chips have a use of their own for the arrows.
  window.addEventListener(
    'keydown',
    (event) => {
      const action = act(event);
      if (!action) return;
      // The editor and the browser would undo, copy and go back elsewhere.
      event.preventDefault();
      event.stopImmediatePropagation();
      action();
    },
    { capture: true },
  );
}
